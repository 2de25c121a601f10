"""Cross-validation over authors: what the engine makes of the lines of somebody it did not learn from."""

import dataclasses
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.encoder import SentenceEncoder, load_encoder
from bot.content.load import VECTORS
from faq.examples import Example
from faq.files import Content
from tests.support import ROOT

PARTS = 3
"""Out-of-scope messages and commands have few authors; of each of their files a third is left out at a time."""
MIN_QUESTIONS = 200
"""An author of fewer questions is not left out."""


NEW_PARTS = 4
"""One entry in so many has no example questions in a fold of `other_origin`."""
NEW_QUESTIONS = 12
"""Of each of those, so many of its questions are asked."""


def bench_encoder(cache: Path = ROOT / "data" / "bench") -> SentenceEncoder | None:
    return load_encoder(cache, VECTORS)


def is_question(example: Example) -> bool:
    return example.expected[0] not in "-@"


def authors(whole: Content) -> list[str]:
    """The authors of questions; commands and out-of-scope messages have others."""
    asked = Counter(e.author for e in whole.examples if is_question(e))
    return sorted(author for author, count in asked.items() if count > MIN_QUESTIONS)


def folds(whole: Content) -> Iterator[tuple[str, Content, list[Example]]]:
    """(name, what to learn from, what to ask): one author left out.

    From the first three also a third of every file of commands or out-of-scope messages, so that
    every line is asked once.
    """
    names = authors(whole)
    others = [e for e in whole.examples if e.author not in names]
    for number, author in enumerate(names):
        asked = [e for e in whole.examples if e.author == author]
        asked += _part(others, number) if number < PARTS else []
        left_out = set(map(id, asked))
        learned = tuple(e for e in whole.examples if id(e) not in left_out)
        yield author, dataclasses.replace(whole, examples=learned), asked


def other_origin(whole: Content) -> Iterator[tuple[Content, list[Example]]]:
    """As `folds`, and of a quarter of the entries nothing is learned but phrasings and answer.

    So there are questions in the words of somebody else, for entries that were asked about before
    and for entries that were not: the two ways in which what members ask differs from what was
    learned. What is asked of the latter has `style` "new".
    """
    ids = sorted(whole.knowledge.entries)
    random.Random(7).shuffle(ids)
    for number, (_, learned, asked) in enumerate(folds(whole)):
        new = set(ids[number % NEW_PARTS :: NEW_PARTS])
        rest = tuple(e for e in learned.examples if e.expected not in new)
        lines = [e for e in asked if e.expected not in new]
        by_entry: dict[str, list[Example]] = defaultdict(list)
        for example in whole.examples:
            if example.expected in new:
                by_entry[example.expected].append(dataclasses.replace(example, style="new"))
        draw = random.Random(number)
        for id_ in sorted(by_entry):
            lines += draw.sample(by_entry[id_], min(NEW_QUESTIONS, len(by_entry[id_])))
        yield dataclasses.replace(learned, examples=rest), lines


def _part(others: Sequence[Example], number: int) -> list[Example]:
    """The third `number` of every file, in one piece: neighbours in a file are alike."""
    part: list[Example] = []
    for author in sorted({e.author for e in others}):
        for group in ("questions", "commands", "out of scope"):
            lines = [e for e in others if e.author == author and group == _group(e)]
            if group == "commands":
                part += [e for n, e in enumerate(lines) if n % PARTS == number]
            else:
                part += lines[len(lines) * number // PARTS : len(lines) * (number + 1) // PARTS]
    return part


def _group(example: Example) -> str:
    return {"-": "out of scope", "@": "commands"}.get(example.expected[0], "questions")


def without_entries(whole: Content, part: int, parts: int) -> tuple[Content, list[Example]]:
    """Whole entries left out: what to learn from, and questions that then nobody can answer."""
    gone = set(sorted(whole.knowledge.entries)[part::parts])
    entries = {id_: e for id_, e in whole.knowledge.entries.items() if id_ not in gone}
    knowledge = dataclasses.replace(whole.knowledge, entries=entries)
    examples = tuple(e for e in whole.examples if e.expected not in gone)
    asked = [dataclasses.replace(e, expected="-") for e in whole.examples if e.expected in gone]
    return dataclasses.replace(whole, knowledge=knowledge, examples=examples), asked
