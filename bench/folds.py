"""Cross-validation over hands: what the engine makes of the lines of somebody it did not learn from."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.encoder import SentenceEncoder, load_encoder
from bot.content.files import read_files
from faq.examples import Example
from faq.files import Content, parse

ROOT = Path(__file__).resolve().parent.parent
SEAMS = 3
"""Messages for nobody and commands have few hands; of each of their files a third is left out at a time."""


def bench_encoder(cache: Path = ROOT / "data" / "bench") -> SentenceEncoder | None:
    return load_encoder(cache, ROOT / "faq" / "vectors.npz")


def content(folder: Path) -> Content:
    raw, _ = read_files(folder)
    return parse(raw)[0]


def is_question(example: Example) -> bool:
    return example.expected[0] not in "-@"


def askers(whole: Content) -> list[str]:
    """The hands that ask questions; commands and messages for nobody have others."""
    asked = Counter(e.hand for e in whole.examples if is_question(e))
    return sorted(hand for hand, times in asked.items() if times > 200)


def folds(whole: Content) -> Iterator[tuple[str, Content, list[Example]]]:
    """(name, what to learn from, what to ask): one hand left out.

    From the first three also a third of every file of commands or nobody, so that every line is asked once.
    """
    hands = askers(whole)
    others = [e for e in whole.examples if e.hand not in hands]
    for number, hand in enumerate(hands):
        asked = [e for e in whole.examples if e.hand == hand] + (
            _run(others, number) if number < SEAMS else []
        )
        left = set(map(id, asked))
        kept = tuple(e for e in whole.examples if id(e) not in left)
        yield hand, dataclasses.replace(whole, examples=kept), asked


def _run(others: Sequence[Example], seam: int) -> list[Example]:
    """The third number `seam` of every file, in one piece: neighbours in a file are alike."""
    found: list[Example] = []
    for hand in sorted({e.hand for e in others}):
        for group in ("questions", "commands", "nobody"):
            lines = [
                e
                for e in others
                if e.hand == hand
                and group == {"-": "nobody", "@": "commands"}.get(e.expected[0], "questions")
            ]
            if group == "commands":
                found += [e for n, e in enumerate(lines) if n % SEAMS == seam]
            else:
                found += lines[len(lines) * seam // SEAMS : len(lines) * (seam + 1) // SEAMS]
    return found


def without_entries(whole: Content, part: int, parts: int) -> tuple[Content, list[Example]]:
    """Whole entries left out: what to learn from, and questions that then nobody can answer."""
    gone = set(sorted(whole.knowledge.entries)[part::parts])
    kept = {id_: e for id_, e in whole.knowledge.entries.items() if id_ not in gone}
    knowledge = dataclasses.replace(whole.knowledge, entries=kept)
    examples = tuple(e for e in whole.examples if e.expected not in gone)
    asked = [dataclasses.replace(e, expected="-") for e in whole.examples if e.expected in gone]
    return dataclasses.replace(whole, knowledge=knowledge, examples=examples), asked
