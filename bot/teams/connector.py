"""Sends over the Bot Connector's REST API: one pooled session, results as values.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol
from urllib.parse import quote
from urllib.request import getproxies, proxy_bypass
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from bot.channel import InDoubt, Later, Refused, Result
from bot.clock import Clock
from bot.settings import is_loopback
from bot.teams.http import read_at_most
from bot.teams.results import host_given, result_of

log = logging.getLogger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=12, connect=5)
"""Seconds of one request: under the 15 after which Teams sends the activity again."""
CONNECTIONS = 200
"""In the pool: as many sends as can be under way at the same time."""
BODY_MAX = 64 * 1024
"""Bytes of an answer that are read; an answer of the connector is a few hundred."""

HOSTS = (
    "smba.trafficmanager.net",
    "botframework.com",
    "botframework.us",
    "infra.gcc.teams.microsoft.com",
    "infra.gov.teams.microsoft.us",
    "infra.dod.teams.microsoft.us",
)
"""Where a token may go: these hosts and what is below them. A service URL comes from outside."""


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


def pooled_session(*, proxy: str | None = None) -> aiohttp.ClientSession:
    """The one session of the house: connections are kept, cookies are not."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=60),
        cookie_jar=aiohttp.DummyCookieJar(),
        proxy=proxy,
    )


def proxied_session() -> aiohttp.ClientSession:
    """The same through the proxy that HTTPS_PROXY names, as ministries have one, unless NO_PROXY spares Microsoft.

    Looked up once: aiohttp's own `trust_env` does so for every request, and reads ~/.netrc in a thread.
    """
    proxy = None if proxy_bypass(HOSTS[0]) else getproxies().get("https")
    return pooled_session(proxy=proxy)


class Connector:
    """The few calls that we need: post, reply, update, new thread."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        clock: Clock,
        *,
        local: bool,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        """Send with `session`; `local` allows loopback service URLs, and nothing else."""
        self._session, self._tokens, self._clock = session, tokens, clock
        self._local, self._timeout = local, timeout
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
        path = f"/v3/conversations/{quote(conversation_id, safe='')}/activities"
        if reply_to:
            path += f"/{quote(reply_to, safe='')}"
            activity = {**activity, "replyToId": reply_to}
        async with self._in_order(conversation_id):
            return await self._call("POST", service_url, path, activity)

    async def update(
        self, service_url: str, conversation_id: str, activity_id: str, activity: Mapping[str, Any]
    ) -> Result:
        """Put an activity in the place of another."""
        path = (
            f"/v3/conversations/{quote(conversation_id, safe='')}"
            f"/activities/{quote(activity_id, safe='')}"
        )
        async with self._in_order(conversation_id):
            return await self._call("PUT", service_url, path, activity)

    async def start_thread(
        self, service_url: str, channel: str, parameters: Mapping[str, Any]
    ) -> Result:
        """Start a thread in `channel`; `parameters` as in the API reference (ConversationParameters)."""
        async with self._in_order(channel):
            return await self._call("POST", service_url, "/v3/conversations", parameters)

    @asynccontextmanager
    async def _in_order(self, conversation_id: str) -> AsyncIterator[None]:
        """One send at a time within a conversation."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield

    async def _call(
        self, method: str, service_url: str, path: str, body: Mapping[str, Any]
    ) -> Result:
        answer = await self._request(method, service_url, path, body)
        if isinstance(answer, tuple) and (host := host_given(*answer[:2])):
            # A conversation of a government cloud: once more, at the host that was named.
            log.warning("the connector asks for another service URL")
            answer = await self._request(method, host, path, body)
        if isinstance(answer, tuple):
            return result_of(*answer, self._clock())
        return answer

    async def _request(
        self, method: str, service_url: str, path: str, body: Mapping[str, Any]
    ) -> tuple[int, bytes, str | None] | Result:
        """Status, body and Retry-After of an answer; a result where there was none."""
        url = target(service_url, path, local=self._local)
        if url is None:
            return Refused("the service URL is not on the list of hosts that a token may go to")
        try:
            token = await self._tokens.token()
        except TokenUnavailableError as error:
            return Later(str(error)) if error.temporary else Refused(str(error), setup=True)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with self._session.request(
                method,
                url,
                json=body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                raw = await read_at_most(response, BODY_MAX)
                return response.status, raw, response.headers.get("Retry-After")
        except (
            aiohttp.ClientConnectorError,
            aiohttp.ConnectionTimeoutError,
            aiohttp.ClientHttpProxyError,
            aiohttp.InvalidURL,
        ) as error:
            # Nothing had left yet.
            return Later(f"not reached: {type(error).__name__}")
        except (TimeoutError, aiohttp.ClientError) as error:
            return InDoubt(f"cut off: {type(error).__name__}")


def target(service_url: str, path: str, *, local: bool) -> URL | None:
    """Where a request goes: to Microsoft's hosts over https, or to loopback in local mode; None elsewhere.

    What is checked is the very address that is used, so that no two readings of it can differ.
    """
    if not service_url.isascii() or not service_url.isprintable() or set(service_url) & set(" \\%"):
        return None
    try:
        url = URL(service_url.rstrip("/") + path, encoded=True)
        host, port = (url.host or "").casefold(), url.port
    except ValueError:
        return None
    if url.user is not None or url.raw_query_string or url.raw_fragment:
        return None
    if local:
        fine = url.scheme in ("http", "https") and is_loopback(host)
    else:
        ours = any(host == known or host.endswith(f".{known}") for known in HOSTS)
        fine = url.scheme == "https" and port == 443 and ours
    return url if fine else None


def allowed(service_url: str, *, local: bool) -> bool:
    """Whether we may send to this service URL."""
    return target(service_url, "", local=local) is not None
