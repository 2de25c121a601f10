"""How good the answers are: the table of `make quality`, over question files of the form of tests/questions."""

import argparse
import csv
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.folds import bench_encoder
from bot.clock import system_clock
from dialogs import conversation
from dialogs.context import Context
from dialogs.values import ConversationState, Message, Outcome
from tests.support import ROOT
from tests.support.content import CONTENT, live_content, read_content

BINS = (0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.01)
"""Edges of the confidences in the table of reliability."""
MIN_ORIGIN = 5
"""Lines of an origin that has a row of its own."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One line of a question file, and what the bot made of it."""

    question: str
    expected: str
    language: str
    style: str
    origin: str
    outcome: Outcome

    @property
    def kind(self) -> str:
        first = self.expected[0]
        return "oos" if self.expected == "-" else "command" if first == "@" else "entry"

    @property
    def verdict(self) -> str:
        return verdict(self.outcome, self.expected)


def rows(files: Iterable[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """(question, expected, language, style, origin) of each line.

    The origin is what stands before a colon or bracket in a column `source`, else the name of the file.
    """
    for name in files:
        with Path(name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                origin = re.split(r"\s*[:(]", row.get("source") or Path(name).stem)[0]
                yield row["question"], row["expected"], row["lang"], row["style"], origin


def verdict(outcome: Outcome, expected: str) -> str:
    """right, suggested, wrong, missed; for what nobody knows: refused or answered."""
    wanted = expected.split("|")
    given = {"command": f"@{outcome.command}", "answer": outcome.id}.get(outcome.kind)
    if "-" in wanted:
        return "refused" if given is None else "answered"
    if given in wanted:
        return "right"
    if given is not None:
        return "wrong"
    return "suggested" if set(outcome.suggestions) & set(wanted) else "missed"


def answer_all(context: Context, files: Iterable[str], now: datetime) -> list[Answered]:
    """Ask every line, each as if it were the first message."""
    return [
        Answered(
            question,
            *about,
            conversation.respond(
                context, Message(text=question, at=now), ConversationState()
            ).outcome,
        )
        for question, *about in rows(files)
    ]


def measured_context(*, with_encoder: bool) -> Context:
    """The shipped content, or that of CONTENT_DIR; what was learned is kept in data/bench."""
    content = read_content(Path(os.environ.get("CONTENT_DIR", CONTENT)))
    encoder = bench_encoder() if with_encoder else None
    return live_content(ROOT / "data" / "bench", encoder, content).context()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument(
        "--wrong", action="store_true", help="print every message that was not right"
    )
    parser.add_argument("--without-encoder", action="store_true")
    given = parser.parse_args()
    answered = answer_all(
        measured_context(with_encoder=not given.without_encoder), given.files, system_clock()
    )
    if given.wrong:
        print_wrong(answered)
    print_groups(answered)
    print_origins(answered)
    print_suggestions(answered)
    print_reliability(answered)
    return 0


def print_wrong(answered: Sequence[Answered]) -> None:
    for a in answered:
        if a.verdict not in ("right", "refused"):
            o = a.outcome
            got = o.id or o.command or ",".join(o.suggestions) or "-"
            print(f"{a.verdict:9} {o.score:.2f} {a.question[:150]}")
            print(f"{'':15}wants {a.expected}, got {got}")


def share(answered: Sequence[Answered], *verdicts: str) -> str:
    """Per cent of the lines with one of these verdicts."""
    if not answered:
        return "    –"
    return f"{100 * sum(a.verdict in verdicts for a in answered) / len(answered):5.1f}"


def print_groups(answered: Sequence[Answered]) -> None:
    entries = [a for a in answered if a.kind == "entry"]
    dutch = [a for a in entries if a.language == "nl"]
    groups = [("entries, nl", dutch)]
    groups += [("entries, en", [a for a in entries if a.language == "en"])]
    styles = ("plain", "keyword", "chatty", "typo", "mixed")
    groups += [(f"  nl, {style}", [a for a in dutch if a.style == style]) for style in styles]
    groups += [("commands", [a for a in answered if a.kind == "command"])]
    groups = [(name, lines) for name, lines in groups if lines]
    groups += [("all in scope", [a for a in answered if a.kind != "oos"])]
    print(f"{'':20} {'n':>5} {'at once':>8} {'one sugg.':>9} {'told wrong':>10}")
    for name, lines in groups:
        cells = f"{share(lines, 'right'):>8} {share(lines, 'right', 'suggested'):>9}"
        print(f"{name:20} {len(lines):5} {cells} {share(lines, 'wrong'):>10}")
    oos = [a for a in answered if a.kind == "oos"]
    if oos:
        unknown = 100 * sum(a.outcome.kind == "unknown" for a in oos) / len(oos)
        print(
            f"{'out of scope':20} {len(oos):5}   answered {share(oos, 'answered')}   of which told "
            f"nothing but 'I do not know' {unknown:.1f}"
        )


def print_origins(answered: Sequence[Answered]) -> None:
    """Where questions come from, the largest origins first; what nobody can answer is in the last column."""
    counts = Counter(a.origin for a in answered)
    print("\norigin                    n  at once one sugg. told wrong  nobody knows: answered")
    named = [origin for origin, count in counts.most_common() if count >= MIN_ORIGIN]
    for name in (*named, *(["others"] if len(named) < len(counts) else [])):
        lines = [a for a in answered if (a.origin if a.origin in named else "others") == name]
        asked = [a for a in lines if a.kind != "oos"]
        nobody = share([a for a in lines if a.kind == "oos"], "answered")
        cells = f"{share(asked, 'right'):>8} {share(asked, 'right', 'suggested'):>9}"
        print(f"{name[:20]:20} {len(lines):6} {cells} {share(asked, 'wrong'):>10} {nobody:>12}")


def first_share(answered: Sequence[Answered]) -> tuple[int, float]:
    """Lists of suggestions that hold what was asked, and the part of these that have it first."""
    lists = [a for a in answered if a.verdict == "suggested"]
    first = sum(a.outcome.suggestions[0] in a.expected.split("|") for a in lists)
    return len(lists), first / max(len(lists), 1)


def print_suggestions(answered: Sequence[Answered]) -> None:
    offered = [a for a in answered if a.outcome.kind == "suggest"]
    holding, first = first_share(answered)
    nobody = sum(a.kind == "oos" for a in offered)
    print(
        f"\nsuggestions: {len(offered)} lists, {holding} hold what was asked, of which first "
        f"{100 * first:.1f} per cent; {nobody} are for what nobody can answer"
    )


def print_reliability(answered: Sequence[Answered]) -> None:
    done = [a for a in answered if a.outcome.kind in ("answer", "command")]
    print("\nreliability: told at a confidence of … was right in … per cent")
    for low, high in pairwise(BINS):
        lines = [a for a in done if low <= a.outcome.score < high]
        if lines:
            mean = 100 * sum(a.outcome.score for a in lines) / len(lines)
            bin_ = f"{low:.2f}-{min(high, 1):.2f}  n {len(lines):4}"
            print(f"  {bin_}  said {mean:5.1f}  right {share(lines, 'right')}")


if __name__ == "__main__":
    sys.exit(main())
