"""Where in Teams a conversation is, from what an activity says of it: unknown means shared."""

from bot.teams.activity import MSTEAMS

PERSONAL, GROUP = "personal", "groupChat"


def place_of(channel: str, kind: str | None, *, is_group: bool | None) -> str:
    """The place: `kind` as it is given; where nothing is said, or two things, one in which others may read along.

    Args:
        channel: the activity's `channelId`.
        kind: its `conversationType`.
        is_group: its `isGroup`.
    """
    if not kind and channel != MSTEAMS and not is_group:
        # Teams always says it; an emulator or a web chat, which only the local mode lets in, does not.
        return PERSONAL
    if kind == PERSONAL and is_group:
        return GROUP
    return kind or GROUP


def is_overheard(channel: str, kind: str | None, *, is_group: bool | None) -> bool:
    """Whether the bot may see messages there that are for others; where nothing is said a message is for the bot."""
    return bool(kind or is_group) and place_of(channel, kind, is_group=is_group) != PERSONAL
