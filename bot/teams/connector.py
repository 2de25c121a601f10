"""Sends over the Bot Connector's REST API: one pooled session, results as values.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import Protocol
from urllib.request import getproxies, proxy_bypass
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.channel import InDoubt, Later, Refused, Result
from bot.clock import Clock
from bot.patience import done_within
from bot.silence import withdrawn
from bot.teams.arrival import WatchedConnections, watched
from bot.teams.http import body_of
from bot.teams.late import LATE_SECONDS, LateAnswers
from bot.teams.results import host_given, result_of
from bot.teams.service_url import HOSTS, segment, target
from bot.teams.tokens import TokenUnavailableError

log = logging.getLogger(__name__)

ANSWER_SECONDS = 30.0
"""For an answer of the connector. A reply gives up earlier; a reminder waits rather than be in doubt."""
TIMEOUT = aiohttp.ClientTimeout(total=None, connect=5)
"""Seconds until a connection must be there; nothing has left before."""
CONNECTIONS = 200
"""In the pool: as many sends as can be under way at the same time."""
BODY_MAX = 64 * 1024
"""Bytes of an answer that are read; an answer of the connector is a few hundred."""


class Tokens(Protocol):
    """Where the bearer token of a request comes from."""

    async def token(self) -> str:
        """A token that is good for a while; empty in local mode.

        Raises:
            TokenUnavailableError: where none can be had.
        """
        ...

    async def renewed(self, refused: str) -> bool:
        """Whether there is another token now than this one, which the connector refused."""
        ...


def pooled_session(
    *,
    proxy: str | None = None,
    resolver: AbstractResolver | None = None,
    ssl: SSLContext | bool = True,
) -> aiohttp.ClientSession:
    """The one session of the bot: connections are kept, cookies are not.

    Args:
        proxy: URL of the proxy that every request goes through.
        resolver: how names are looked up; aiohttp's own without one.
        ssl: whom to trust; True for the authorities of the machine.
    """
    return aiohttp.ClientSession(
        connector=WatchedConnections(
            limit=CONNECTIONS, keepalive_timeout=60, resolver=resolver, ssl=ssl
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        proxy=proxy,
    )


def proxied_session() -> aiohttp.ClientSession:
    """The same through the proxy of the network, as ministries have one.

    Looked up once: aiohttp's own `trust_env` does so for every request, and reads ~/.netrc in a thread.
    """
    return pooled_session(proxy=proxy_url())


def proxy_url() -> str | None:
    """The proxy that HTTPS_PROXY names, unless NO_PROXY spares Microsoft's connector."""
    return None if proxy_bypass(HOSTS[0]) else getproxies().get("https")


class Connector:
    """The few calls that we need: post, reply, update, new thread."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        clock: Clock,
        *,
        local: bool,
        answer_seconds: float = ANSWER_SECONDS,
        late_seconds: float = LATE_SECONDS,
    ) -> None:
        """Send with `session`; `local` allows loopback service URLs, and nothing else."""
        self._session, self._tokens, self._clock = session, tokens, clock
        self._local, self._answer_seconds = local, answer_seconds
        self._late = LateAnswers(clock, late_seconds)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def busy_conversations(self) -> int:
        """Conversations in which something is being sent, or waits for that."""
        return len(self._locks)

    async def post(
        self, service_url: str, conversation_id: str, activity: bytes, *, reply_to: str = ""
    ) -> Result:
        """Post an activity, as JSON; in the thread of the activity `reply_to` when given."""
        path = f"/v3/conversations/{segment(conversation_id)}/activities"
        if reply_to:
            path += f"/{segment(reply_to)}"
        async with self._in_order(conversation_id):
            return await self._call("POST", service_url, path, activity)

    async def update(
        self, service_url: str, conversation_id: str, activity_id: str, activity: bytes
    ) -> Result:
        """Put an activity, as JSON, in the place of another."""
        path = f"/v3/conversations/{segment(conversation_id)}/activities/{segment(activity_id)}"
        async with self._in_order(conversation_id):
            return await self._call("PUT", service_url, path, activity)

    async def start_thread(self, service_url: str, channel_id: str, parameters: bytes) -> Result:
        """Start a thread in a channel; `parameters` is the JSON of ConversationParameters (API reference)."""
        async with self._in_order(channel_id):
            return await self._call("POST", service_url, "/v3/conversations", parameters)

    async def ask(self, service_url: str, conversation_id: str, member_id: str) -> Result:
        """Ask who a member of a conversation is: it changes nothing, so it may be asked at any time."""
        path = f"/v3/conversations/{segment(conversation_id)}/members/{segment(member_id)}"
        return await self._call("GET", service_url, path, b"")

    @asynccontextmanager
    async def _in_order(self, conversation_id: str) -> AsyncIterator[None]:
        """One send at a time within a conversation, its threads included: what was asked first arrives first."""
        root = conversation_id.partition(";")[0]
        lock = self._locks.get(root)
        if lock is None:
            lock = self._locks[root] = asyncio.Lock()
        async with lock:
            yield

    async def _call(self, method: str, service_url: str, path: str, body: bytes) -> Result:
        answer = await self._request(method, service_url, path, body)
        if isinstance(answer, tuple) and (host := host_given(*answer[:2])):
            # A conversation of a government cloud: once more, at the host that was named.
            log.warning("the connector asks for another service URL")
            answer = await self._request(method, host, path, body)
        if isinstance(answer, tuple):
            return result_of(*answer, self._clock())
        return answer

    async def _request(
        self, method: str, service_url: str, path: str, body: bytes
    ) -> tuple[int, bytes, str | None] | Result:
        """Status, body and Retry-After of an answer; a result where there was none."""
        url = target(service_url, path, local=self._local)
        if url is None:
            return Refused("the service URL is not on the list of hosts that a token may go to")
        try:
            token = await self._tokens.token()
            answer = await self._attempt(method, url, token, body)
            if isinstance(answer, tuple) and answer[0] == 401 and await self._tokens.renewed(token):
                # Entra may have taken back what it gave; a new one costs one more request.
                answer = await self._attempt(method, url, await self._tokens.token(), body)
        except TokenUnavailableError as error:
            if error.temporary:
                return Later(str(error), unsent=True)
            return Refused(str(error), setup=True, unsent=True)
        return answer

    async def _attempt(
        self, method: str, url: URL, token: str, body: bytes
    ) -> tuple[int, bytes, str | None] | Result:
        if withdrawn():
            return Later("not to be sent any more")
        with watched() as arrival:
            exchange = asyncio.create_task(self._exchange(method, url, token, body))
            try:
                if await done_within(self._answer_seconds, exchange):
                    return exchange.result()
                return await self._late.keep(exchange, method == "POST" and not arrival.nothing)
            except (
                aiohttp.ClientConnectorError,
                aiohttp.ConnectionTimeoutError,
                aiohttp.ClientHttpProxyError,
                aiohttp.InvalidURL,
            ) as error:
                # Nothing had left yet.
                return Later(f"not reached: {type(error).__name__}")
            except (TimeoutError, aiohttp.ClientError) as error:
                if arrival.nothing:
                    return Later(f"not arrived: {type(error).__name__}")
                return InDoubt(f"cut off: {type(error).__name__}")

    async def _exchange(
        self, method: str, url: URL, token: str, body: bytes
    ) -> tuple[int, bytes, str | None]:
        # Compressed answers are not asked for, and where one comes all the same it is unpacked with a limit.
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        async with self._session.request(
            method,
            url,
            data=body or None,
            headers=headers,
            timeout=TIMEOUT,
            allow_redirects=False,
            auto_decompress=False,
        ) as response:
            raw = await body_of(response, BODY_MAX)
            return response.status, raw, response.headers.get("Retry-After")
