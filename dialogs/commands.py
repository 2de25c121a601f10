"""Every command there is, one a row, in the order of Teams' list."""

from collections.abc import Sequence

from dialogs import meetings, privacy, smalltalk, subscription
from dialogs.command import PERSONAL, Command
from dialogs.values import Place

COMMANDS = (
    Command(id="help", run=smalltalk.help_),
    Command(id="topics", run=smalltalk.topics),
    Command(id="meetings", run=meetings.meetings),
    Command(id="subscribe", run=subscription.subscribe, needs_store=True, changes_reminders=True),
    Command(id="pause", run=subscription.pause, needs_store=True, changes_reminders=True),
    Command(
        id="unsubscribe", run=subscription.unsubscribe, needs_store=True, changes_reminders=True
    ),
    Command(id="status", run=subscription.status, needs_store=True),
    Command(id="my-data", run=privacy.my_data, places=PERSONAL, needs_store=True),
    Command(id="human", run=smalltalk.human),
    Command(
        id="forget-me",
        run=privacy.forget_me,
        places=PERSONAL,
        elsewhere=("@unsubscribe",),
        needs_store=True,
        listed=False,
    ),
    Command(id="greeting", run=smalltalk.greeting, listed=False),
    Command(id="thanks", run=smalltalk.thanks, listed=False),
    Command(id="language", run=smalltalk.language, needs_store=True, listed=False),
)


def ids(commands: Sequence[Command] = COMMANDS) -> frozenset[str]:
    """What an example question may lead to besides an entry, with an @ before it."""
    return frozenset(command.id for command in commands)


def listed(place: Place, commands: Sequence[Command] = COMMANDS) -> tuple[str, ...]:
    """The ids that Teams lists in a place, in order."""
    return tuple(c.id for c in commands if c.listed and place in c.places)
