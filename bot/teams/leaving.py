"""What the bot was removed from: only what the event provably says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channel import Address
from bot.teams.activity import inner


def left(address: Address, activity_type: str, data: Mapping[str, Any]) -> Address:
    """The address of what was left; with a `team_id` the whole team was.

    A team says `teamMemberRemoved`, or says nothing and speaks from its General channel, whose id is its
    own; an uninstall is always that of the team. Of a shared channel that the bot may no longer be in it
    hears with `channelMemberRemoved`: the other channels stay.
    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events

    Args:
        address: of the event.
        activity_type: of its activity.
        data: its `channelData`.
    """
    event = inner(data, "eventType")
    general = not event and address.root == address.team_id
    if activity_type == "installationUpdate" or event == "teamMemberRemoved" or general:
        return address
    channel = inner(data, "channel", "id") if event else ""
    return replace(address, team_id="", conversation_id=channel or address.conversation_id)
