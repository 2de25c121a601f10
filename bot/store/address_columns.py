"""What is kept of where somebody speaks to the bot."""

from dataclasses import replace
from datetime import datetime

from bot.channel import Address


def address_columns(address: Address, now: datetime) -> dict[str, str]:
    """What is kept of an address; who spoke last in a group or channel is nobody's business, nor in which thread."""
    conversation = address.root
    if address.place != "personal":
        address = replace(
            address,
            conversation_id=conversation,
            user_id="",
            aad_object_id="",
            locale="",
            timezone="",
        )
    return {
        "id": conversation,
        "place": address.place,
        "member": address.user_id,
        "address": address.to_json(),
        "seen_at": now.date().isoformat(),
        "team": address.team_id,
    }
