"""The only Bot Framework door: activity → `Incoming`, `Card` → activity.

What is the SDK's: the schema, the token rules, the dispatch to handlers. What is ours: reading the
request, fetching keys, writing the response, sending (see docs/sdk.md).
"""

import asyncio
import html
import json
import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import Any

import jwt
from aiohttp import web
from botbuilder.core import ActivityHandler, BotAdapter, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticationConstants,
    ChannelValidation,
    EndorsementsValidator,
)
from msrest.exceptions import DeserializationError

from bot import cards, extension
from bot.channel import Address, Gone, Refused, Result, Sent
from bot.connector import Connector, allowed
from bot.desk import Desk, Event, Incoming
from bot.keys import KeysUnavailableError, SigningKeys
from bot.log import TURN
from bot.settings import Settings
from dialogs.values import Card, Outcome

log = logging.getLogger(__name__)

TURN_SECONDS = 13.0
"""Teams sends an activity again when it is not answered within 15 s."""
QUERY_SECONDS = 4.5
"""Teams shows an error for a query of the message extension after 5 s."""
TYPING_AFTER = 1.0
"""Seconds; an answer that takes longer shows that we are at work."""
ONCE_FOR = timedelta(minutes=10)
ONCE_MAX = 20_000
"""Activities that are remembered as answered."""
TOKEN_MAX = 8_192
ISSUER = AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER
_RULES = ChannelValidation.TO_BOT_FROM_CHANNEL_TOKEN_VALIDATION_PARAMETERS

Meter = Callable[[str, str, float], None]
"""Told of every turn: answered or refused, what was done, and how many seconds it took."""


class RefusedError(Exception):
    """A request that is not let in: its status, and a reason without a word of the member."""

    def __init__(self, status: int, why: str) -> None:
        """Keep the status."""
        super().__init__(why)
        self.status, self.why = status, why


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
        parameters = {
            "isGroup": True,
            "bot": {"id": address.bot_id, "name": address.bot_name},
            "channelData": {"channel": {"id": channel}, "tenant": {"id": address.tenant_id}},
            "tenantId": address.tenant_id,
            "activity": outgoing(address, card),
        }
        return await self._connector.start_thread(address.service_url, parameters)

    async def typing(self, address: Address) -> Result:
        """Show that an answer is being made."""
        activity = {"type": "typing", **_between(address)}
        return await self._connector.post(address.service_url, address.conversation_id, activity)


def outgoing(address: Address, card: Card) -> dict[str, Any]:
    """The activity that carries a card: no text beside it, for Teams would make two messages of it."""
    return {
        "type": "message",
        **_between(address),
        "locale": card.language,
        "summary": cards.summary(card),
        "attachments": [cards.attachment(card)],
    }


def _between(address: Address) -> dict[str, Any]:
    return {
        "channelId": address.channel_id,
        "serviceUrl": address.service_url,
        "conversation": {"id": address.conversation_id},
        "from": {"id": address.bot_id, "name": address.bot_name},
        "recipient": {"id": address.user_id},
    }


class Door:
    """`POST /api/messages`: lets in whom the Bot Framework vouches for, answers once, never breaks."""

    def __init__(
        self,
        *,
        settings: Settings,
        desk: Desk,
        channel: TeamsChannel,
        keys: SigningKeys,
        clock: Callable[[], datetime],
        worker: Executor,
        meter: Meter,
    ) -> None:
        """Take turns at `desk`, in `worker`, so that the event loop never waits for search or store."""
        self._settings, self._desk, self._channel, self._keys = settings, desk, channel, keys
        self._clock, self._worker, self._meter = clock, worker, meter
        self._once: OrderedDict[tuple[str, str], tuple[datetime, asyncio.Future[web.Response]]] = (
            OrderedDict()
        )
        self._dispatch = _Dispatch()
        self._typing: asyncio.Task[Result] | None = None

    async def messages(self, request: web.Request) -> web.Response:
        """Answer one request of the Bot Framework; every status of docs/sdk.md."""
        turn = TURN.set(secrets.token_hex(4))
        began = asyncio.get_running_loop().time()
        try:
            activity = await self._let_in(request)
            response, outcome = await self._answer_once(activity)
            did = outcome.kind if outcome else "nothing"
            self._meter("answered", did, asyncio.get_running_loop().time() - began)
        except RefusedError as refused:
            log.warning("refused", extra={"fields": {"status": refused.status, "why": refused.why}})
            self._meter("refused", str(refused.status), 0.0)
            headers = {"Retry-After": "5"} if refused.status == 503 else {}
            return web.json_response(
                {"error": {"code": refused.why}}, status=refused.status, headers=headers
            )
        except web.HTTPRequestEntityTooLarge:
            log.warning("refused", extra={"fields": {"status": 413, "why": "body too large"}})
            return web.json_response({"error": {"code": "body too large"}}, status=413)
        finally:
            TURN.reset(turn)
        return response

    # Who may come in.

    async def _let_in(self, request: web.Request) -> Activity:
        if (
            request.content_type.casefold() != "application/json"
            or "Content-Type" not in request.headers
        ):
            raise RefusedError(415, "content type is not application/json")
        claims, endorsements = (
            ({}, ())
            if self._settings.local
            else await self._claims(request.headers.get("Authorization", ""))
        )
        body = parse(await request.read())
        activity = _deserialized(body)
        if not allowed(activity.service_url, local=self._settings.local):
            raise RefusedError(403 if self._settings.local else 401, "service URL is not allowed")
        if not self._settings.local:
            self._hold(activity, claims, endorsements)
        return activity

    async def _claims(self, header: str) -> tuple[Mapping[str, Any], Sequence[str]]:
        """The claims of a token by the SDK's rules, and what its key may speak for."""
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer" or not token or len(token) > TOKEN_MAX:
            raise RefusedError(401, "no bearer token")
        try:
            # Looked at before it is trusted, only to spare the fetching of keys for strangers.
            peeked = jwt.decode(token, options={"verify_signature": False})
            head = jwt.get_unverified_header(token)
            if (
                peeked.get("iss") != ISSUER
                or "exp" not in peeked
                or head.get("alg") not in AuthenticationConstants.ALLOWED_SIGNING_ALGORITHMS
            ):
                raise RefusedError(401, "token is not the channel's")
            key = await self._keys.find(str(head.get("kid", "")))
            if key is None:
                raise RefusedError(401, "signing key is unknown")
            claims = jwt.decode(
                token,
                key.key,
                algorithms=AuthenticationConstants.ALLOWED_SIGNING_ALGORITHMS,
                audience=self._settings.app_id,
                issuer=ISSUER,
                leeway=_RULES.clock_tolerance,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except KeysUnavailableError:
            raise RefusedError(503, "signing keys are unavailable") from None
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise RefusedError(401, f"token: {type(error).__name__}") from None
        return claims, key.endorsements

    def _hold(
        self, activity: Activity, claims: Mapping[str, Any], endorsements: Sequence[str]
    ) -> None:
        """Hold the activity against the token that vouches for it, and against our tenant."""
        if claims.get(AuthenticationConstants.SERVICE_URL_CLAIM) != activity.service_url:
            raise RefusedError(401, "service URL differs from the token's")
        if activity.channel_id != "msteams" or not EndorsementsValidator.validate(
            activity.channel_id, list(endorsements)
        ):
            raise RefusedError(401, "channel is not endorsed")
        if self._settings.tenant_id:
            # Guests of the host's tenant carry the host's id here, so they are let in.
            tenant = _inner(activity.channel_data, "tenant", "id")
            if tenant.casefold() != self._settings.tenant_id:
                raise RefusedError(403, "tenant is not the configured one")

    # What happens inside.

    async def _answer_once(self, activity: Activity) -> tuple[web.Response, Outcome | None]:
        """One activity is answered once: Teams sends again what it saw no answer to."""
        key = (activity.conversation.id, activity.id or "")
        now = self._clock()
        while self._once and (
            len(self._once) > ONCE_MAX or now - next(iter(self._once.values()))[0] > ONCE_FOR
        ):
            self._once.popitem(last=False)
        if activity.id and key in self._once:
            first = await asyncio.shield(self._once[key][1])
            return web.Response(
                body=first.body, status=first.status, content_type=first.content_type
            ), None
        future: asyncio.Future[web.Response] = asyncio.get_running_loop().create_future()
        if activity.id:
            self._once[key] = (now, future)
        outcome: Outcome | None = None
        response = web.Response(status=202)
        try:
            response, outcome = await self._turn(activity)
        finally:
            future.set_result(response)
        return response, outcome

    async def _turn(self, activity: Activity) -> tuple[web.Response, Outcome | None]:
        if activity.type == "invoke" and activity.name == extension.QUERY:
            return await self._find(activity), None
        incoming = await self._dispatch.incoming(activity, self._clock())
        if incoming is None:
            return web.Response(status=501 if activity.type == "invoke" else 202), None
        began = asyncio.get_running_loop().time()
        card, outcome = await self._take(incoming)
        response = await self._say(activity, incoming, card)
        took = asyncio.get_running_loop().time() - began
        did = outcome.kind if outcome else incoming.event
        log.info(
            "turn",
            extra={
                "fields": {"did": did, "place": incoming.address.place, "ms": round(took * 1000, 1)}
            },
        )
        return response, outcome

    async def _find(self, activity: Activity) -> web.Response:
        """Answer a query of the message extension; Teams waits 5 s for it."""
        query, locale, now = extension.asked(activity.value), activity.locale or "", self._clock()
        work = asyncio.get_running_loop().run_in_executor(
            self._worker, self._desk.find, query, locale, now
        )
        try:
            found = await asyncio.wait_for(asyncio.shield(work), QUERY_SECONDS)
        except Exception:
            log.exception("query failed")
            return web.json_response(extension.message(self._desk.busy(locale)))
        log.info("turn", extra={"fields": {"did": "find"}})
        body = extension.message(found) if isinstance(found, str) else extension.results(found)
        return web.json_response(body)

    async def _take(self, incoming: Incoming) -> tuple[Card | None, Outcome | None]:
        """Take the turn at the desk, in time; what breaks there becomes a friendly card."""
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._worker, self._desk.take, incoming)
        speaks = incoming.event == "message"
        try:
            await asyncio.wait([work], timeout=TYPING_AFTER)
            if not work.done() and speaks:
                # Not waited for: a connector that is slow, too, must not eat the rest of the time.
                self._typing = loop.create_task(self._channel.typing(incoming.address))
                await asyncio.wait([work], timeout=TURN_SECONDS - TYPING_AFTER)
            if not work.done():
                log.error("turn cut off after %s s", TURN_SECONDS)
                return (self._desk.late(incoming.address) if speaks else None), None
            return work.result()
        except Exception:
            reference = TURN.get()
            log.exception("turn failed")
            return (self._desk.failed(incoming.address, reference) if speaks else None), None

    async def _say(self, activity: Activity, incoming: Incoming, card: Card | None) -> web.Response:
        """Say the card the way it was asked for: in the response, or through the connector."""
        if activity.type == "invoke":
            if card is None:
                return web.Response(status=200)
            body = {"statusCode": 200, "type": cards.CONTENT_TYPE, "value": cards.adaptive(card)}
            return web.json_response(body)
        if activity.delivery_mode == "expectReplies":
            said = [outgoing(incoming.address, card)] if card else []
            return web.json_response({"activities": said})
        if card is not None:
            result = await self._channel.send(incoming.address, card, reply_to=incoming.activity_id)
            if isinstance(result, Gone):
                log.info("reply had nowhere to go: %s", result.why)
            elif not isinstance(result, Sent):
                log.error("reply not sent: %s", result.why)
        return web.Response(status=202)


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
        """What happened, in our words; None for what we do not handle."""
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
        text, mentioned = without_mention(activity)
        place = address_of(activity).place
        if place != "personal" and not mentioned and not pressed and activity.value is None:
            # In a channel or group chat we speak when spoken to.
            self._means(turn_context, "other")
            return
        self._means(turn_context, "message", pressed or text)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        activity = turn_context.activity
        bot = activity.recipient.id if activity.recipient else None
        if bot and any(member.id == bot for member in activity.members_removed or ()):
            self._means(turn_context, "removed")
        elif bot and any(member.id == bot for member in activity.members_added or ()):
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
        activity = turn_context.activity
        if activity.name == "adaptiveCard/action" and isinstance(activity.value, dict):
            self._means(turn_context, "message", cards.says(activity.value))

    async def on_unrecognized_activity_type(self, turn_context: TurnContext) -> None:
        self._means(turn_context, "other")

    on_message_reaction_activity = on_unrecognized_activity_type
    on_event_activity = on_unrecognized_activity_type
    on_end_of_conversation_activity = on_unrecognized_activity_type
    on_typing_activity = on_unrecognized_activity_type
    on_message_update_activity = on_unrecognized_activity_type
    on_message_delete_activity = on_unrecognized_activity_type


_ADAPTER = _Silent()


def parse(raw: bytes) -> dict[str, Any]:
    """The JSON object of an activity, its simple fields of the right kind.

    Raises:
        RefusedError: 400, with the reason.
    """
    try:
        body = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RefusedError(400, "body is not JSON") from None
    if not isinstance(body, dict):
        raise RefusedError(400, "body is not an object")
    for key, needed in (
        ("type", True),
        ("channelId", True),
        ("serviceUrl", True),
        ("id", False),
        ("text", False),
        ("name", False),
        ("action", False),
        ("deliveryMode", False),
        ("locale", False),
        ("localTimezone", False),
        ("replyToId", False),
    ):
        value = body.get(key)
        if (value is None and needed) or (value == "" and needed):
            raise RefusedError(400, f"{key} is missing")
        if value is not None and not isinstance(value, str):
            raise RefusedError(400, f"{key} is not a text")
    if not isinstance(body.get("channelData") or {}, dict):
        raise RefusedError(400, "channelData is not an object")
    body["channelData"] = body.get("channelData") or {}
    return body


def _deserialized(body: dict[str, Any]) -> Activity:
    try:
        activity = Activity().deserialize(body)
    except (
        DeserializationError,
        RecursionError,
        AttributeError,
        TypeError,
        ValueError,
        OverflowError,
    ):
        raise RefusedError(400, "body is not an activity") from None
    conversation = activity.conversation
    if conversation is None or not isinstance(conversation.id, str) or not conversation.id:
        raise RefusedError(400, "conversation.id is missing")
    for account in (
        activity.from_property,
        activity.recipient,
        *(activity.members_added or ()),
        *(activity.members_removed or ()),
    ):
        if account is not None and not isinstance(account.id, str | None):
            raise RefusedError(400, "an account's id is not a text")
    return activity


def address_of(activity: Activity) -> Address:
    """Where an activity came from: what is kept to send there later."""
    sender, bot, data = activity.from_property, activity.recipient, activity.channel_data
    place = activity.conversation.conversation_type or (
        "groupChat" if activity.conversation.is_group else "personal"
    )
    return Address(
        service_url=activity.service_url,
        conversation_id=activity.conversation.id,
        place=str(place),
        channel_id=activity.channel_id,
        bot_id=(bot.id if bot else "") or "",
        bot_name=str((bot.name if bot else "") or ""),
        user_id=(sender.id if sender else "") or "",
        aad_object_id=str((sender.aad_object_id if sender else "") or ""),
        tenant_id=_inner(data, "tenant", "id"),
        team_id=_inner(data, "team", "id"),
        locale=activity.locale or "",
        timezone=activity.local_timezone or "",
    )


def _inner(data: Any, *keys: str) -> str:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def without_mention(activity: Activity) -> tuple[str, bool]:
    """The text without the mention of the bot, and whether it was mentioned.

    Only the bot's own, once per entity and exactly as the entity has it: a question that holds the
    bot's name survives.
    """
    text = activity.text or ""
    mentioned = False
    for mention in _mentions(activity):
        mentioned = True
        if mention and mention in text:
            text = text.replace(mention, " ", 1)
    if mentioned or "<at" in text or "&" in text:
        text = html.unescape(text)
    return " ".join(re.sub(r"[^\S\n]+", " ", text).split("\xa0")).strip(), mentioned


def _mentions(activity: Activity) -> Iterator[str]:
    bot = activity.recipient.id if activity.recipient else None
    for entity in activity.entities or ():
        more = entity.additional_properties or {}
        mentioned = more.get("mentioned")
        if (
            entity.type == "mention"
            and isinstance(mentioned, dict)
            and bot
            and mentioned.get("id") == bot
        ):
            text = more.get("text")
            yield text if isinstance(text, str) else ""


__all__ = ["Door", "Refused", "TeamsChannel"]
