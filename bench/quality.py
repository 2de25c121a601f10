"""How good the answers are: the table of `make quality`, over question files of the form of tests/questions."""

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import app
from bot.clock import system_clock
from bot.content.encoder import load_encoder
from bot.content.files import ContentFiles
from bot.content.live import LiveContent, read_texts
from bot.settings import read as read_settings
from dialogs import conversation
from dialogs.values import ConversationState, Message, Outcome


def rows(files: Iterable[str]):
    for name in files:
        with Path(name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield Path(name).stem, row["question"], row["expected"], row["lang"], row["style"]


def still_due(outcome: Outcome, expected: str) -> str:
    """right, suggested, wrong, missed; for what nobody knows: refused or answered."""
    wanted = expected.split("|")
    did = (
        f"@{outcome.command}"
        if outcome.kind == "command"
        else outcome.id
        if outcome.kind == "answer"
        else None
    )
    if "-" in wanted:
        return "refused" if did is None else "answered"
    if did in wanted:
        return "right"
    if did is not None:
        return "wrong"
    return "suggested" if set(outcome.suggestions) & set(wanted) else "missed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument(
        "--wrong", action="store_true", help="print every message that was not right"
    )
    parser.add_argument("--without-encoder", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(
            {**os.environ, "DATABASE_PATH": f"{folder}/x.sqlite3"}, {}, app.ROOT
        )
        kept = app.ROOT / "data" / "bench"
        sense = None if given.without_encoder else load_encoder(kept, app.VECTORS)
        live = LiveContent(read_texts(app.ROOT, settings), "", kept, sense)
        ContentFiles(settings.content_dir, Path(folder) / "kept").load(system_clock(), live.build)
    context, now = live.context(), system_clock()
    judged = []
    for file, question, expected, language, style in rows(given.files):
        outcome = conversation.respond(
            context, Message(text=question, at=now), ConversationState()
        ).outcome
        kind = "oos" if expected == "-" else "command" if expected.startswith("@") else "entry"
        verdict = still_due(outcome, expected)
        judged.append((file, kind, language, style, verdict, outcome))
        if given.wrong and verdict not in ("right", "refused"):
            what = outcome.id or outcome.command or ",".join(outcome.suggestions) or "-"
            print(
                f"{verdict:9} {outcome.score:.2f} {question[:150]}\n{'':15}wants {expected}, got {what}"
            )
    report(judged)
    return 0


def share(found: list, *verdicts: str) -> str:
    return f"{100 * sum(j[4] in verdicts for j in found) / len(found):5.1f}" if found else "    –"


def report(judged: list) -> None:
    groups: list[tuple[str, list]] = []
    entries = [j for j in judged if j[1] == "entry"]
    groups += [(f"entries, {lang}", [j for j in entries if j[2] == lang]) for lang in ("nl", "en")]
    groups += [
        (f"  nl, {style}", [j for j in entries if j[2] == "nl" and j[3] == style])
        for style in ("plain", "keyword", "chatty", "typo", "mixed")
    ]
    groups += [("commands", [j for j in judged if j[1] == "command"])]
    print(f"{'':20} {'n':>5} {'at once':>8} {'one sugg.':>9} {'told wrong':>10}")
    for name, found in groups:
        if found:
            print(
                f"{name:20} {len(found):5} {share(found, 'right'):>8} {share(found, 'right', 'suggested'):>9} {share(found, 'wrong'):>10}"
            )
    scope = [j for j in judged if j[1] != "oos"]
    print(
        f"{'all in scope':20} {len(scope):5} {share(scope, 'right'):>8} {share(scope, 'right', 'suggested'):>9} {share(scope, 'wrong'):>10}"
    )
    oos = [j for j in judged if j[1] == "oos"]
    if oos:
        print(
            f"{'out of scope':20} {len(oos):5}   answered {share(oos, 'answered')}   of which told nothing but 'I do not know' {100 * sum(j[5].kind == 'unknown' for j in oos) / len(oos):.1f}"
        )
    told = [j for j in judged if j[5].kind in ("answer", "command")]
    print("\nreliability: told at a confidence of … was right in … per cent")
    for low, high in (
        (0, 0.5),
        (0.5, 0.6),
        (0.6, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 0.97),
        (0.97, 1.01),
    ):
        found = [j for j in told if low <= j[5].score < high]
        if found:
            mean = 100 * sum(j[5].score for j in found) / len(found)
            print(
                f"  {low:.2f}-{min(high, 1):.2f}  n {len(found):4}  said {mean:5.1f}  right {share(found, 'right')}"
            )


if __name__ == "__main__":
    sys.exit(main())
