"""What the process that learns is given, what it does, and what it gives back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.encoder import load_encoder
from bot.content.models import ModelFolder
from faq.examples import OUT_OF_SCOPE, Example
from faq.files import Content
from faq.search.index import build_index

FIRST_ENTRY, FIRST_COMMAND, FIRST_OUT_OF_SCOPE = 5, 20, 300
"""Example questions of an entry, of a command and that nobody can answer, for what is learned first.

With these a core learns the shipped content by words in a second: 99 % of `tests/questions/vragen.tsv`
is then right within one press (61 % at once, as it is careful), and nothing is told wrong there.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to learn from, and how."""

    content: Content
    models: Path
    """The folder where a trained search is kept."""
    shipped: Path | None
    """The file with the vectors of the texts that the bot ships with."""
    encoder: bool
    """Use the sentence encoder."""
    words_first: bool
    """Learn a little first, by words alone, so that there is something to answer with."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A trained search, as `build_index` takes it."""

    model: bytes
    complete: bool
    """Learned from everything; else the rest follows."""
    broken: str = ""
    """Why the sentence encoder is used no more; empty while it works."""


def learn(job: Job) -> Iterator[Learned]:
    """The little that is learned first, where that is wanted, and then the whole."""
    if job.words_first:
        _, first = build_index(first_content(job.content), None)
        yield Learned(first, complete=False)
    encoder = load_encoder(job.models, job.shipped) if job.encoder else None
    _, model = ModelFolder(job.models).build(job.content, encoder)
    yield Learned(model, complete=True, broken=encoder.broken if encoder else "")


def first_content(content: Content) -> Content:
    """The same with few examples, taken evenly from those of each entry and command."""
    total = Counter(example.expected for example in content.examples)
    passed: Counter[str] = Counter()
    chosen = []
    for example in content.examples:
        number, count = passed[example.expected], total[example.expected]
        few = min(_first_of(example), count)
        if (number + 1) * few // count > number * few // count:
            chosen.append(example)
        passed[example.expected] += 1
    return replace(content, examples=tuple(chosen))


def _first_of(example: Example) -> int:
    if example.expected == OUT_OF_SCOPE:
        return FIRST_OUT_OF_SCOPE
    return FIRST_COMMAND if example.expected.startswith("@") else FIRST_ENTRY
