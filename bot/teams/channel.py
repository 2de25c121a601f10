"""Cards on their way out: `Card` → activity → the connector; the Teams side of `bot.channel.Channel`."""

import functools
from typing import Any

from bot.channel import Address, Result
from bot.teams import cards
from bot.teams.connector import Connector
from dialogs.values import Card


class TeamsChannel:
    """Sends cards through the connector; see `bot.channel.Channel`."""

    def __init__(self, connector: Connector) -> None:
        """Send with this connector."""
        self._connector = connector

    async def send(self, address: Address, card: Card, *, reply_to: str = "") -> Result:
        """See `bot.channel.Channel`."""
        return await self._connector.post(
            address.service_url, address.conversation_id, outgoing(address, card), reply_to=reply_to
        )

    async def update(self, address: Address, activity_id: str, card: Card) -> Result:
        """See `bot.channel.Channel`."""
        activity = {**outgoing(address, card), "id": activity_id}
        return await self._connector.update(
            address.service_url, address.conversation_id, activity_id, activity
        )

    async def start_thread(self, address: Address, card: Card) -> Result:
        """See `bot.channel.Channel`."""
        channel = address.conversation_id.partition(";")[0]
        post = outgoing(address, card)
        post.pop("conversation")
        parameters = {
            "isGroup": True,
            "bot": {"id": address.bot_id, "name": address.bot_name},
            "channelData": {"channel": {"id": channel}, "tenant": {"id": address.tenant_id}},
            "tenantId": address.tenant_id,
            "activity": post,
        }
        return await self._connector.start_thread(address.service_url, channel, parameters)

    async def typing(self, address: Address) -> Result:
        """See `bot.channel.Channel`."""
        activity = {"type": "typing", **_between(address)}
        return await self._connector.post(address.service_url, address.conversation_id, activity)


def outgoing(address: Address, card: Card) -> dict[str, Any]:
    """The activity that carries a card: no text beside it, for Teams would make two messages of it."""
    return {"type": "message", **_between(address), **_carried(card)}


@functools.lru_cache(maxsize=256)
def _carried(card: Card) -> dict[str, Any]:
    """What is the same for everybody who gets this card; many do. Nobody changes it."""
    return {
        "locale": card.language,
        "summary": cards.summary(card),
        "attachments": [cards.attachment(card)],
    }


def _between(address: Address) -> dict[str, Any]:
    """From us to whom; what a client did not tell us (Web Chat names no recipient) is left out."""
    activity: dict[str, Any] = {
        "channelId": address.channel_id,
        "serviceUrl": address.service_url,
        "conversation": {"id": address.conversation_id},
    }
    if address.bot_id:
        activity["from"] = {"id": address.bot_id, "name": address.bot_name}
    if address.user_id and address.place == "personal":
        activity["recipient"] = {"id": address.user_id}
    return activity
