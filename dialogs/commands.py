"""Every command there is, one a row, in the order of Teams' list."""

from collections.abc import Sequence

from dialogs import introduction, language_choice, privacy, subscription, topics
from dialogs.catalog import Texts
from dialogs.command import PERSONAL, Command
from dialogs.meetings.dialog import meetings
from dialogs.values import Place
from faq.language import LANGUAGES

TITLE = ("title",)
"""The texts of a command that says one thing or another, under the same title."""

COMMANDS = (
    Command(id="help", run=introduction.help_),
    Command(id="topics", run=topics.topics),
    Command(id="meetings", run=meetings, texts=()),
    Command(
        id="subscribe",
        run=subscription.subscribe,
        texts=TITLE,
        needs_store=True,
        changes_reminders=True,
    ),
    Command(
        id="pause", run=subscription.pause, texts=TITLE, needs_store=True, changes_reminders=True
    ),
    Command(
        id="unsubscribe",
        run=subscription.unsubscribe,
        texts=TITLE,
        needs_store=True,
        changes_reminders=True,
    ),
    Command(id="status", run=subscription.status, texts=TITLE, needs_store=True),
    Command(id="my-data", run=privacy.my_data, places=PERSONAL, needs_store=True),
    Command(id="human", run=introduction.human),
    Command(
        id="forget-me",
        run=privacy.forget_me,
        texts=TITLE,
        places=PERSONAL,
        elsewhere=("@unsubscribe",),
        needs_store=True,
        listed=False,
    ),
    Command(id="greeting", run=introduction.greeting, listed=False),
    Command(id="thanks", run=introduction.thanks, listed=False),
    Command(id="language", run=language_choice.choose_language, needs_store=True, listed=False),
)


def ids(commands: Sequence[Command] = COMMANDS) -> frozenset[str]:
    """What an example question may lead to besides an entry, with an @ before it."""
    return frozenset(command.id for command in commands)


def listed(place: Place, commands: Sequence[Command] = COMMANDS) -> tuple[str, ...]:
    """The ids that Teams lists in a place, in order."""
    return tuple(c.id for c in commands if c.listed and place in c.places)


class MissingTextsError(Exception):
    """Commands without their texts; the sentence names every key."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Name these keys, each with its language."""
        super().__init__(
            f"texts of commands are missing in dialogs/texts: {', '.join(keys)}; "
            "`Command` in dialogs/command.py says what each is for."
        )


def require_texts(texts: Texts, commands: Sequence[Command] = COMMANDS) -> None:
    """Hold the registry against the texts: a key that is missing would break every question.

    Raises:
        MissingTextsError: where a command lacks a text in some language.
    """
    needed = [key for command in commands for key in command.text_keys()]
    known = {language: texts.keys(language) for language in LANGUAGES}
    missing = [
        f"{language} {key}"
        for language in LANGUAGES
        for key in needed
        if key not in known[language]
    ]
    if missing:
        raise MissingTextsError(missing)
