"""Cards on their way out: `Card` → activity → the connector; the Teams side of `bot.channel.Channel`."""

import functools
import json
from collections.abc import Mapping
from typing import Any

from bot.channel import Address, Result
from bot.teams import cards, plain
from bot.teams.connector import Connector
from dialogs.card import Card

CARDS_MAX = 256
"""Cards whose JSON is remembered: a reminder goes to many, and the same answer is asked for often."""


class TeamsChannel:
    """Sends cards through the connector."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def send(self, address: Address, card: Card, *, reply_to: str = "") -> Result:
        thread = {"replyToId": reply_to} if reply_to else {}
        return await self._connector.post(
            address.service_url,
            address.conversation_id,
            _encoded(_between(address) | thread, card),
            reply_to=reply_to,
        )

    async def update(self, address: Address, activity_id: str, card: Card) -> Result:
        return await self._connector.update(
            address.service_url,
            address.conversation_id,
            activity_id,
            _encoded(_between(address) | {"id": activity_id}, card),
        )

    async def start_thread(self, address: Address, card: Card) -> Result:
        post = outgoing(address, card)
        post.pop("conversation")
        parameters = {
            "isGroup": True,
            "bot": {"id": address.bot_id, "name": address.bot_name},
            "channelData": {"channel": {"id": address.root}, "tenant": {"id": address.tenant_id}},
            "tenantId": address.tenant_id,
            "activity": post,
        }
        return await self._connector.start_thread(
            address.service_url, address.root, json.dumps(parameters).encode()
        )

    async def ask(self, address: Address) -> Result:
        member = address.user_id if address.place == "personal" else address.bot_id
        return await self._connector.ask(
            address.service_url, address.root, member or address.bot_id
        )

    async def typing(self, address: Address) -> Result:
        activity = {"type": "typing", **_between(address)}
        return await self._connector.post(
            address.service_url, address.conversation_id, json.dumps(activity).encode()
        )


def outgoing(address: Address, card: Card) -> dict[str, Any]:
    """The activity that carries a card: no `text` as well, for Teams would make two messages of it."""
    return _between(address) | _carrying(card)


def _carrying(card: Card) -> dict[str, Any]:
    """What is the same for everybody who gets this card."""
    return {
        "type": "message",
        "locale": card.language,
        "summary": plain.summary(card),
        "attachments": [cards.attachment(card)],
    }


def _encoded(own: Mapping[str, Any], card: Card) -> bytes:
    """The JSON of `own` and the card in one object; that of the card is written once for many."""
    return f"{json.dumps(own)[:-1]}, {_encoded_card(card)}".encode()


@functools.lru_cache(maxsize=CARDS_MAX)
def _encoded_card(card: Card) -> str:
    """The members of `_carrying` and the closing brace."""
    return json.dumps(_carrying(card))[1:]


def _between(address: Address) -> dict[str, Any]:
    """From us to whom; what a client did not tell us (Web Chat names no recipient) is left out."""
    activity: dict[str, Any] = {
        "serviceUrl": address.service_url,
        "conversation": {"id": address.conversation_id},
    }
    if address.channel_id:
        activity["channelId"] = address.channel_id
    if address.bot_id:
        activity["from"] = {"id": address.bot_id, "name": address.bot_name}
    if address.user_id and address.place == "personal":
        activity["recipient"] = {"id": address.user_id}
    return activity
