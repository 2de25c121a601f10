"""The only Bot Framework door: an activity's JSON → what happened, in our words; and the token rules.

What is the SDK's: the schema, the token rules, the dispatch to handlers. What is ours: reading the
request, fetching keys, writing the response, sending (see docs/sdk.md).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from botbuilder.core import ActivityHandler, BotAdapter, TurnContext
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount
from botframework.connector.auth import (
    AuthenticationConstants,
    ChannelValidation,
    EndorsementsValidator,
)

from bot.channel import Address
from bot.handler import Event, Incoming
from bot.teams import cards
from bot.teams import message_extension as extension
from bot.teams.activity import RefusedError, inner
from bot.teams.auth import TokenRules
from bot.teams.mention import without_mention

CARD_ACTION = "adaptiveCard/action"


def _endorsed(channel: str, endorsements: Sequence[str]) -> bool:
    return bool(EndorsementsValidator.validate(channel, list(endorsements)))


RULES = TokenRules(
    issuer=AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER,
    algorithms=tuple(AuthenticationConstants.ALLOWED_SIGNING_ALGORITHMS),
    leeway=timedelta(
        seconds=ChannelValidation.TO_BOT_FROM_CHANNEL_TOKEN_VALIDATION_PARAMETERS.clock_tolerance
    ),
    service_url_claim=AuthenticationConstants.SERVICE_URL_CLAIM,
    endorsed=_endorsed,
)


async def understand(body: Mapping[str, Any], now: datetime) -> Incoming | None:
    """What an activity means to us; None for an invoke of a name that we do not handle.

    Raises:
        RefusedError: 400 where it is no activity after all.
    """
    return await _DISPATCH.incoming(_activity(body), now)


def _activity(body: Mapping[str, Any]) -> Activity:
    """An activity of the SDK's schema, from JSON that `bot.teams.activity.parse` has looked at.

    Not by the SDK's own `deserialize`: that reads fifty fields, of which we use fifteen, and costs more than a search.
    """
    place = body["conversation"]
    return Activity(
        type=body["type"],
        id=body.get("id"),
        channel_id=body["channelId"],
        service_url=body["serviceUrl"],
        conversation=ConversationAccount(
            id=place["id"],
            conversation_type=place.get("conversationType"),
            is_group=place.get("isGroup"),
        ),
        from_property=_account(body.get("from")),
        recipient=_account(body.get("recipient")),
        text=body.get("text"),
        value=body.get("value"),
        name=body.get("name"),
        action=body.get("action"),
        entities=body.get("entities") or [],
        members_added=[_account(one) for one in body.get("membersAdded") or ()],
        members_removed=[_account(one) for one in body.get("membersRemoved") or ()],
        reply_to_id=body.get("replyToId"),
        locale=body.get("locale"),
        local_timezone=body.get("localTimezone"),
        channel_data=body["channelData"],
    )


def _account(found: Mapping[str, Any] | None) -> ChannelAccount:
    found = found or {}
    return ChannelAccount(
        id=found.get("id") or "",
        name=found.get("name") or "",
        aad_object_id=found.get("aadObjectId") or "",
    )


class _Silent(BotAdapter):
    """The adapter that the SDK's dispatch wants; nothing is sent through it."""

    async def send_activities(self, context: Any, activities: Any) -> Any:
        raise NotImplementedError

    async def update_activity(self, context: Any, activity: Any) -> Any:
        raise NotImplementedError

    async def delete_activity(self, context: Any, reference: Any) -> Any:
        raise NotImplementedError


class _Dispatch(ActivityHandler):
    """The SDK's dispatch: which handler an activity belongs to; each says what it means to us."""

    _KEY = "incoming"

    async def incoming(self, activity: Activity, now: datetime) -> Incoming | None:
        """What happened, in our words."""
        context = TurnContext(_ADAPTER, activity)
        context.turn_state["now"] = now
        await self.on_turn(context)
        found: Incoming | None = context.turn_state.get(self._KEY)
        return found

    def _means(self, context: TurnContext, event: Event, text: str = "") -> None:
        activity = context.activity
        context.turn_state[self._KEY] = Incoming(
            event=event,
            address=address_of(activity),
            at=context.turn_state["now"],
            text=text,
            activity_id=activity.id or "",
            reply_to=activity.reply_to_id or "",
        )

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        activity = turn_context.activity
        pressed = cards.says(activity.value)
        text, mentioned = without_mention(
            activity.text or "", activity.entities, activity.recipient.id
        )
        place = address_of(activity).place
        if place != "personal" and not mentioned and not pressed and activity.value is None:
            # In a channel or group chat we speak when spoken to.
            self._means(turn_context, "other")
            return
        self._means(turn_context, "message", pressed or text)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        activity = turn_context.activity
        bot = activity.recipient.id
        if bot and any(member.id == bot for member in activity.members_removed):
            self._means(turn_context, "removed")
        elif bot and any(member.id == bot for member in activity.members_added):
            self._means(turn_context, "installed")
        else:
            self._means(turn_context, "other")

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        action = (turn_context.activity.action or "").casefold()
        self._means(
            turn_context,
            "removed"
            if action.startswith("remove")
            else "installed"
            if action == "add"
            else "other",
        )

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        activity, value = turn_context.activity, turn_context.activity.value
        if activity.name == extension.QUERY:
            self._means(turn_context, "query", extension.asked(value))
        if activity.name != CARD_ACTION:
            return
        if not isinstance(value, dict) or not isinstance(value.get("action"), dict):
            raise RefusedError(400, "value is not a card's action")
        self._means(turn_context, "message", cards.says(value))

    async def on_unrecognized_activity_type(self, turn_context: TurnContext) -> None:
        self._means(turn_context, "other")

    on_message_reaction_activity = on_unrecognized_activity_type
    on_event_activity = on_unrecognized_activity_type
    on_end_of_conversation_activity = on_unrecognized_activity_type
    on_typing_activity = on_unrecognized_activity_type
    on_message_update_activity = on_unrecognized_activity_type
    on_message_delete_activity = on_unrecognized_activity_type


_ADAPTER = _Silent()
_DISPATCH = _Dispatch()


def address_of(activity: Activity) -> Address:
    """Where an activity came from: what is kept to send there later."""
    sender, bot, data = activity.from_property, activity.recipient, activity.channel_data
    place = activity.conversation.conversation_type or (
        "groupChat" if activity.conversation.is_group else "personal"
    )
    return Address(
        service_url=activity.service_url,
        conversation_id=activity.conversation.id,
        place=place,
        channel_id=activity.channel_id,
        bot_id=bot.id,
        bot_name=bot.name,
        user_id=sender.id,
        aad_object_id=sender.aad_object_id,
        tenant_id=inner(data, "tenant", "id"),
        team_id=inner(data, "team", "id"),
        locale=activity.locale or "",
        timezone=activity.local_timezone or "",
    )
