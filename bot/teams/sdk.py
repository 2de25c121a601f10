"""The only module that imports the SDK: an activity's JSON → `Incoming`, and the token rules.

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

from bot.channel import Address, AnswerMode, Event, Incoming
from bot.teams import cards
from bot.teams import message_extension as extension
from bot.teams.activity import RefusedError, inner
from bot.teams.auth import TokenRules
from bot.teams.leaving import left
from bot.teams.place import is_overheard, place_of
from bot.teams.wording import Wording, read_wording

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


async def to_incoming(body: Mapping[str, Any], now: datetime) -> Incoming | None:
    """What an activity means to the bot; None for an invoke of a name that it does not handle.

    Raises:
        RefusedError: 400 where it is no activity after all.
    """
    return await _DISPATCH.incoming(_activity(body), read_wording(body), now, _answer_mode(body))


def _answer_mode(body: Mapping[str, Any]) -> AnswerMode:
    if body["type"] == "invoke":
        return "invoke"
    return "inline" if body.get("deliveryMode") == "expectReplies" else "post"


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
        value=body.get("value"),
        name=body.get("name"),
        action=body.get("action"),
        members_added=[_account(member) for member in body.get("membersAdded") or ()],
        members_removed=[_account(member) for member in body.get("membersRemoved") or ()],
        locale=body.get("locale"),
        local_timezone=body.get("localTimezone"),
        channel_data=body["channelData"],
    )


def _account(body: Mapping[str, Any] | None) -> ChannelAccount:
    body = body or {}
    return ChannelAccount(
        id=body.get("id") or "",
        name=body.get("name") or "",
        aad_object_id=body.get("aadObjectId") or "",
    )


class _NullAdapter(BotAdapter):
    """The adapter that the SDK's dispatch wants; nothing is sent through it."""

    async def send_activities(self, context: Any, activities: Any) -> Any:
        raise NotImplementedError

    async def update_activity(self, context: Any, activity: Any) -> Any:
        raise NotImplementedError

    async def delete_activity(self, context: Any, reference: Any) -> Any:
        raise NotImplementedError


class _Dispatch(ActivityHandler):
    """The SDK's dispatch: which handler an activity belongs to; each says which event it is to the bot."""

    async def incoming(
        self, activity: Activity, wording: Wording, now: datetime, answer_mode: AnswerMode
    ) -> Incoming | None:
        """What happened; None where no handler knew."""
        context = TurnContext(_ADAPTER, activity)
        context.turn_state["wording"] = wording
        await self.on_turn(context)
        event_and_text: tuple[Event, str] | None = context.turn_state.get("event")
        if event_and_text is None:
            return None
        event, text = event_and_text
        address = address_of(activity)
        if event == "removed":
            address = left(address, activity.type, activity.channel_data)
        return Incoming(
            event=event,
            address=address,
            at=now,
            text=text,
            pressed=event == "message" and bool(cards.submitted_text(activity.value)),
            page=extension.page(activity.value) if event == "query" else 0,
            quoted=wording.quoted if event == "message" else None,
            activity_id=activity.id or "",
            answer_mode=answer_mode,
        )

    @staticmethod
    def _set_event(context: TurnContext, event: Event, text: str = "") -> None:
        context.turn_state["event"] = (event, text)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        activity = turn_context.activity
        pressed = cards.submitted_text(activity.value)
        wording: Wording = turn_context.turn_state["wording"]
        for_the_bot = wording.mentioned or pressed or activity.value is not None
        # In a channel or group chat a message is for the bot only where it mentions the bot or is a press.
        if _is_overheard(activity) and not for_the_bot:
            self._set_event(turn_context, "other")
        else:
            self._set_event(turn_context, "message", pressed or wording.text)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        activity = turn_context.activity
        bot = activity.recipient.id
        if bot and any(member.id == bot for member in activity.members_removed):
            self._set_event(turn_context, "removed")
        elif bot and any(member.id == bot for member in activity.members_added):
            self._set_event(turn_context, "installed")
        else:
            self._set_event(turn_context, "other")

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        action = (turn_context.activity.action or "").casefold()
        self._set_event(
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
            self._set_event(turn_context, "query", extension.query_text(value))
        if activity.name != CARD_ACTION:
            return
        if not isinstance(value, dict) or not isinstance(value.get("action"), dict):
            raise RefusedError(400, "value is not a card's action")
        self._set_event(turn_context, "message", cards.submitted_text(value))

    async def on_unrecognized_activity_type(self, turn_context: TurnContext) -> None:
        self._set_event(turn_context, "other")

    on_message_reaction_activity = on_unrecognized_activity_type
    on_event_activity = on_unrecognized_activity_type
    on_end_of_conversation_activity = on_unrecognized_activity_type
    on_typing_activity = on_unrecognized_activity_type
    on_message_update_activity = on_unrecognized_activity_type
    on_message_delete_activity = on_unrecognized_activity_type


_ADAPTER = _NullAdapter()
_DISPATCH = _Dispatch()


def _is_overheard(activity: Activity) -> bool:
    place = activity.conversation
    return is_overheard(activity.channel_id, place.conversation_type, is_group=place.is_group)


def address_of(activity: Activity) -> Address:
    """Where an activity came from: what is kept to send there later."""
    sender, bot, data = activity.from_property, activity.recipient, activity.channel_data
    place = activity.conversation
    return Address(
        service_url=activity.service_url,
        conversation_id=place.id,
        place=place_of(activity.channel_id, place.conversation_type, is_group=place.is_group),
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
