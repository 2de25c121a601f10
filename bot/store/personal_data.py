"""All that is kept of a conversation, of every table, as `mijn gegevens` shows it."""

from typing import Any

import sqlite_utils

from bot.store.outbox_query import deliveries
from dialogs.values import Undoable
from faq.meetings import lead_text

PersonalData = tuple[tuple[str, str], ...]
"""(kind of data, value), in the words of the store."""


def personal_data(
    database: sqlite_utils.Database,
    conversation: dict[str, Any],
    subscription: dict[str, Any] | None,
    undoable: Undoable | None,
) -> PersonalData:
    """What is kept of a conversation, whose row and subscription have been read already."""
    kinds = ("id", "address", "language", "welcomed_at", "seen_at")
    stored = [(kind, str(conversation[kind])) for kind in kinds if conversation[kind]]
    if conversation["member"]:
        stored[0] = ("id", f"{conversation['member']}, {conversation['id']}")
    if subscription is None:
        # Nothing was ever sent: who is not subscribed gets nothing.
        return tuple(stored)
    if undoable:
        stored.append(("undo", undoable.at.isoformat()))
    stored.append(("active" if subscription["active"] else "ended", ""))
    more = ("since", "paused_from", "paused_until", "ended_because")
    stored += [(kind, subscription[kind]) for kind in more if subscription[kind]]
    if chosen := [lead_text(lead) for lead in subscription["leads"]]:
        stored.append(("leads", ", ".join(chosen)))
    if sent := deliveries(database, conversation["id"]):
        stored.append(("deliveries", "; ".join(sent)))
    return tuple(stored)
