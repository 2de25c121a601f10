"""The commands of `app.py`. To add one: a module in this folder, and its row here."""

import logging

from bot.cli.command import Command
from bot.cli.commands import (
    ask,
    backup,
    chat,
    check,
    doctor,
    package,
    preview,
    serve,
    unanswered,
)

COMMANDS = (
    Command("serve", "the HTTP host; what the container runs", serve.run, log_level=logging.INFO),
    Command("chat", "the host on loopback and a console that talks to it", chat.run),
    Command(
        "ask",
        "what the bot would do with each question, without a server",
        ask.run,
        ask.add_arguments,
    ),
    Command(
        "check",
        "every problem in the content files; status 2 if they would be refused",
        check.run,
    ),
    Command("doctor", "what this host can check when the bot is silent", doctor.run),
    Command(
        "preview",
        "what will be sent, when and to how many; sends nothing",
        preview.run,
        preview.add_arguments,
    ),
    Command(
        "unanswered",
        "what members asked and nobody could answer, without who asked",
        unanswered.run,
    ),
    Command(
        "backup",
        "a consistent copy of the database, also while the bot runs",
        backup.run,
        backup.add_arguments,
    ),
    Command("package", "builds the Teams app package", package.run, package.add_arguments),
)
