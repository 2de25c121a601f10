"""Sends over the Bot Connector's REST API: one pooled session, results as values.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import quote, urlsplit
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from bot.channel import Gone, InDoubt, Later, Refused, Result, Sent
from bot.clock import system_clock
from bot.settings import is_loopback

log = logging.getLogger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=12, connect=5)
"""Seconds of one request: under the 15 after which Teams sends the activity again."""
CONNECTIONS = 100
BODY_KEPT = 2_000

HOSTS = (
    "smba.trafficmanager.net",
    "botframework.com",
    "botframework.us",
    "infra.gov.teams.microsoft.us",
)
"""Where a token may go: these hosts and what is below them. A service URL comes from outside."""

LATER = frozenset({412, 429, 502, 503, 504})
"""Microsoft's list of what to try again (TEAMS.md C2); 504 may have arrived, see `_failed`."""

# Codes and texts of 403 and 404 that mean nobody is there any more, and why. Bodies differ and may
# lack the code (TEAMS.md C2), so these are looked for anywhere in the body.
GONE = (
    ("ConversationBlockedByUser", "blocked"),
    ("MessageWritesBlocked", "blocked"),
    ("thread is blocked from message writes", "blocked"),
    ("BotDisabledByAdmin", "disabled"),
    ("BotNotInConversationRoster", "removed"),
    ("ActivityNotFoundInConversation", "deleted"),
    ("ConversationNotFound", "uninstalled"),
)


class TokenUnavailableError(Exception):
    """No token could be had; the sentence names the reason, without secrets.

    `temporary` says whether trying again can help.
    """

    def __init__(self, why: str, *, temporary: bool) -> None:
        """Keep whether it may pass."""
        super().__init__(why)
        self.temporary = temporary


class Tokens(Protocol):
    """Where the bearer token of a request comes from."""

    async def token(self) -> str:
        """A token that is good for a while; empty in local mode.

        Raises:
            TokenUnavailableError: where none can be had.
        """
        ...


class Connector:
    """The few calls that we need: post, reply, update, new thread."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens, *, local: bool) -> None:
        """Send with `session`; `local` allows loopback service URLs, and nothing else."""
        self._session, self._tokens, self._local = session, tokens, local
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def post(
        self,
        service_url: str,
        conversation_id: str,
        activity: Mapping[str, Any],
        *,
        reply_to: str = "",
    ) -> Result:
        """Post an activity; in the thread of the activity `reply_to` when given."""
        path = f"v3/conversations/{quote(conversation_id, safe='')}/activities"
        if reply_to:
            path += f"/{quote(reply_to, safe='')}"
            activity = {**activity, "replyToId": reply_to}
        return await self._call("POST", service_url, path, conversation_id, activity)

    async def update(
        self, service_url: str, conversation_id: str, activity_id: str, activity: Mapping[str, Any]
    ) -> Result:
        """Put an activity in the place of another."""
        path = f"v3/conversations/{quote(conversation_id, safe='')}/activities/{quote(activity_id, safe='')}"
        return await self._call("PUT", service_url, path, conversation_id, activity)

    async def start_thread(self, service_url: str, parameters: Mapping[str, Any]) -> Result:
        """Start a conversation; `parameters` as in the API reference (ConversationParameters)."""
        return await self._call("POST", service_url, "v3/conversations", "", parameters)

    @asynccontextmanager
    async def _in_order(self, conversation_id: str) -> AsyncIterator[None]:
        """One send at a time within a conversation."""
        if not conversation_id:
            yield
            return
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        conversation_id: str,
        body: Mapping[str, Any],
    ) -> Result:
        if not allowed(service_url, local=self._local):
            return Refused("the service URL is not on the list of hosts that a token may go to")
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        async with self._in_order(conversation_id):
            try:
                token = await self._tokens.token()
            except TokenUnavailableError as error:
                return Later(str(error)) if error.temporary else Refused(str(error))
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            try:
                async with self._session.request(
                    method, url, json=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
                ) as response:
                    return await _read(response)
            except (
                aiohttp.ClientConnectorError,
                aiohttp.ConnectionTimeoutError,
                aiohttp.InvalidURL,
            ) as error:
                # Nothing had left yet.
                return Later(f"not reached: {type(error).__name__}")
            except (TimeoutError, aiohttp.ClientError) as error:
                return InDoubt(f"cut off: {type(error).__name__}")


def allowed(service_url: str, *, local: bool) -> bool:
    """Whether we may send to this service URL: Microsoft's hosts over https, or loopback in local mode."""
    try:
        parts = urlsplit(service_url)
        host = (parts.hostname or "").casefold()
        if parts.username or parts.query or parts.fragment or "\\" in service_url:
            return False
        if local:
            return parts.scheme in ("http", "https") and is_loopback(host)
        return (
            parts.scheme == "https"
            and parts.port in (None, 443)
            and any(host == h or host.endswith(f".{h}") for h in HOSTS)
        )
    except ValueError:
        return False


async def _read(response: aiohttp.ClientResponse) -> Result:
    raw = await response.content.read(BODY_KEPT * 32)
    if 200 <= response.status < 300:
        # An answer that is no JSON (a proxy's page with status 200) does not prove that it arrived.
        if not raw.strip():
            return Sent("")
        found = _json(raw)
        if found is None:
            return InDoubt("the answer was not the connector's")
        return Sent(
            str(found.get("activityId") or found.get("id") or ""),
            str(found.get("id") or "") if "activityId" in found else "",
        )
    return _failed(
        response.status,
        raw.decode("utf-8", "replace")[:BODY_KEPT],
        response.headers.get("Retry-After"),
    )


def _failed(status: int, body: str, retry_after: str | None) -> Result:
    """The result of a status that is no success, by the table of TEAMS.md C2."""
    why = f"{status} {_code(body)}".strip()
    if status in (403, 404):
        for mark, reason in GONE:
            if mark.casefold() in body.casefold():
                return Gone(reason, why)
        # A 403 without a body we know is how a block or an uninstall really looks at times.
        return Gone("blocked", why) if status == 403 and not _code(body) else Refused(why)
    if status == 504:
        return InDoubt(why)
    if status in LATER:
        return Later(why, _seconds(retry_after))
    if status == 400 and "MemberNotFoundInConversation" in body:
        return Gone("removed", why)
    return Refused(why)


def _json(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _code(body: str) -> str:
    """The error's code, from the shapes of SDK.md 3; empty for HTML and the like."""
    found = _json(body.encode()) or {}
    error = found.get("error")
    code = error.get("code") if isinstance(error, dict) else found.get("errorCode")
    return str(code)[:60] if isinstance(code, str | int) else ""


def _seconds(retry_after: str | None) -> float | None:
    """Seconds of a Retry-After header, in either form of RFC 9110, 10.2.3."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - system_clock()).total_seconds())
