"""`ask`: what the bot would do with each question, without a server."""

import argparse
import json
import sys
from collections.abc import Iterable

from bot.cli.command import Exit, Runtime, refuse
from bot.cli.text import card_text
from bot.content.load import encoder_of, load_content
from dialogs import conversation
from dialogs.values import ConversationState, Message, Outcome
from faq.files import summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Questions, and how to show what the bot does with them."""
    parser.add_argument("--json", action="store_true", help="one object per question, one per line")
    parser.add_argument("--explain", action="store_true", help="what matched, and why")
    parser.add_argument("question", nargs="*", help="else one per line of standard input")


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Route each question through the dialogs, as the host would, each as if it were the first."""
    settings = runtime.settings()
    encoder = encoder_of(settings)
    files, live = load_content(runtime.root, settings, runtime.clock(), encoder)
    if files.state and files.state.stale:
        wrong = f"{settings.content_dir}: {summary(files.state.problems)}; see: python app.py check"
        if not files.state.content.knowledge.entries:
            return refuse(wrong)
        sys.stderr.write(f"ladderbot: {wrong}\nladderbot: this is the last good version.\n")
    live.warm()
    context = live.context()
    for question in _questions(arguments):
        message = Message(text=question, at=runtime.clock())
        reply = conversation.respond(context, message, ConversationState())
        if arguments.json:
            row = {"question": question, **outcome_json(reply.outcome)}
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"> {question}\n{card_text(reply.card)}\n")
        if arguments.explain:
            print(live.explain(question))
    return Exit.OK


def _questions(arguments: argparse.Namespace) -> Iterable[str]:
    return arguments.question or (line.rstrip("\r\n") for line in sys.stdin)


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """The keys of a line of `ask --json`, always in this order."""
    return {
        "outcome": outcome.kind,
        "id": outcome.id,
        "score": round(outcome.score, 3),
        "suggestions": list(outcome.suggestions),
        "command": outcome.command,
        "language": outcome.language,
    }
