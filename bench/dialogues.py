"""Plays dialogues through the whole turn, one after the other, so that a reader can judge every reply.

A file of dialogues has a line `## title` before each, and a line `> what a member says` for each turn;
of a turn only what stands before the first tab is read. Every dialogue starts with an empty database.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.quality import measured_context
from bot.channel import Address, Incoming
from bot.cli.text import card_text
from bot.handler import Handler
from bot.store.conversations import Conversations
from bot.store.database import open_database
from dialogs.context import Context
from dialogs.values import Outcome

START = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
"""When every dialogue begins, unless another moment is given."""
BETWEEN = timedelta(seconds=20)
"""Between two turns."""


def read_dialogues(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(title, what the member says) of each dialogue in a file."""
    title, turns = "", list[str]()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            if turns:
                yield title, turns
            title, turns = line.removeprefix("## "), []
        elif line.startswith("> "):
            turns.append(line.removeprefix("> ").split("\t")[0])
    if turns:
        yield title, turns


def play(context: Context, turns: list[str], at: datetime) -> Iterator[tuple[str, Outcome, str]]:
    """(what the member says, what was done, the card) of each turn of one dialogue."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "bot.sqlite3")
        handler = Handler(lambda: context, Conversations(database))
        address = Address(
            service_url="http://localhost", conversation_id="a:bench", user_id="29:bench"
        )
        for number, text in enumerate(turns):
            incoming = Incoming(
                event="message", address=address, at=at + number * BETWEEN, text=text
            )
            card, outcome = handler.handle(incoming)
            if card is not None and outcome is not None:
                yield text, outcome, card_text(card)
        database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--at", type=datetime.fromisoformat, default=START)
    parser.add_argument("--brief", action="store_true", help="one line for each turn")
    parser.add_argument("--without-encoder", action="store_true")
    given = parser.parse_args()
    context = measured_context(with_encoder=not given.without_encoder)
    kinds: Counter[str] = Counter()
    for title, turns in read_dialogues(given.file):
        print(f"\n## {title}\n")
        for text, outcome, card in play(context, turns, given.at):
            kinds[outcome.kind] += 1
            print(f"> {text}\n{one_line(outcome, card) if given.brief else card}\n")
    total = kinds.total()
    shares = (f"{kind} {n} ({100 * n / total:.1f} %)" for kind, n in kinds.most_common())
    print(f"{total} turns: {', '.join(shares)}")
    return 0


def one_line(outcome: Outcome, card: str) -> str:
    """What was done, and the first words of the card with its choices."""
    lines = [line.removeprefix("| ") for line in card.splitlines()]
    choices = [line for line in lines if line.startswith("[")]
    opening = " / ".join(line for line in lines[:3] if not line.startswith("["))
    did = outcome.id or outcome.command or outcome.kind
    return f"    {outcome.kind}:{did} {outcome.score:.2f} | {opening[:160]} {' '.join(choices)}"


if __name__ == "__main__":
    sys.exit(main())
