"""The commands of `app.py`. To add one: a module in this folder, and its row here."""

import logging

from bot.cli.command import Command
from bot.cli.commands import (
    ask,
    backup,
    chat,
    check,
    confirm,
    doctor,
    gaps,
    new,
    package,
    preview,
    rename,
    restore,
    retire,
    review,
    serve,
    status,
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
        "what will be sent, and which answers change by themselves; sends nothing",
        preview.run,
        preview.add_arguments,
    ),
    Command(
        "status",
        "how many are subscribed, and who was told of each meeting, in numbers",
        status.run,
        status.add_arguments,
    ),
    Command("confirm", "a yes to changes of meetings that are held back", confirm.run),
    Command(
        "unanswered",
        "what members asked and nobody could answer, without who asked",
        unanswered.run,
        unanswered.add_arguments,
    ),
    Command(
        "review",
        "walks an organiser through the answers that are due for a check",
        review.run,
        review.add_arguments,
    ),
    Command(
        "rename",
        "gives an entry another id, in every file that names it",
        rename.run,
        rename.add_arguments,
    ),
    Command(
        "retire",
        "takes an entry away, with all that names it",
        retire.run,
        retire.add_arguments,
    ),
    Command("gaps", "what the answers leave open, by the text that would tell", gaps.run),
    Command(
        "backup",
        "a consistent copy of the database, also while the bot runs",
        backup.run,
        backup.add_arguments,
    ),
    Command(
        "restore",
        "a backup in the place of the database; looks at it first, throws nothing away",
        restore.run,
        restore.add_arguments,
    ),
    Command(
        "new",
        "a folder of content to start from, for another community",
        new.run,
        new.add_arguments,
    ),
    Command("package", "builds the Teams app package", package.run, package.add_arguments),
)
