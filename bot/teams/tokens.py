"""The bot's own token for the connector: one an hour, fetched off the loop, single flight."""

import asyncio
import contextlib
import functools
import logging
from collections.abc import Callable
from typing import Any

from bot.health import Health
from bot.settings import Settings

log = logging.getLogger(__name__)

SCOPE = "https://api.botframework.com/.default"
RESOURCE = "https://api.botframework.com"
AUTHORITY = "https://login.microsoftonline.com"
MULTI_TENANT = "botframework.com"
EARLY = 0.8
"""The part of its life after which a token is renewed; until the end the old one is still valid."""
PAUSE = 30.0
"""Seconds between two attempts to renew while they fail and the old token is valid."""
COLD_PAUSE = 5.0
"""The same while there is no token: back off while Entra is down."""
REFUSED_PAUSE = 60.0
"""Seconds between two tokens that are fetched because the connector refused the one before."""
TIMEOUT = 10.0
"""Seconds for which a send waits for its token."""
TEMPORARY = (
    "temporarily_unavailable",
    "server_error",
    "request_timeout",
)
"""Errors of Entra that may pass; any other has to be mended by an operator."""

Acquire = Callable[[], dict[str, Any]]
"""Asks for a token, blocking; the dict of msal, with `access_token` and `expires_in`, or `error`."""


class TokenUnavailableError(Exception):
    """No token could be had; the sentence names the reason, without secrets.

    `temporary` says whether trying again can help.
    """

    def __init__(self, reason: str, *, temporary: bool) -> None:
        super().__init__(reason)
        self.temporary = temporary


class NoTokens:
    """The local mode: no token, no authentication."""

    async def token(self) -> str:
        return ""

    async def renewed(self, refused: str) -> bool:  # noqa: ARG002 - as `MsalTokens` has it
        return False

    def health(self) -> Health:
        """None is needed."""
        return Health(ok=True, detail="local mode")


class MsalTokens:
    """Tokens of an application in Entra, or of a managed identity."""

    def __init__(
        self, acquire: Acquire, time: Callable[[], float], timeout: float = TIMEOUT
    ) -> None:
        """Ask with `acquire`, in a thread, for at most `timeout` seconds.

        `time` counts seconds and never goes back: a clock that is set must not make a token look valid.
        """
        self._acquire, self._time, self._timeout = acquire, time, timeout
        self._token = ""
        self._valid_until = self._renew_at = float("-inf")
        self._refused_at = float("-inf")
        self._failed: TokenUnavailableError | None = None
        self._under_way: asyncio.Task[None] | None = None

    async def token(self) -> str:
        now = self._time()
        due = now >= self._renew_at
        if now < self._valid_until:
            if due:
                # Renew in the background; the token we have is still valid.
                self._start()
            return self._token
        if self._failed is not None and not due and self._under_way is None:
            raise self._failed
        try:
            async with asyncio.timeout(self._timeout):
                await asyncio.shield(self._start())
        except TimeoutError:
            self._failed = TokenUnavailableError("no token in time", temporary=True)
            raise self._failed from None
        if self._failed is not None:
            raise self._failed
        return self._token

    async def renewed(self, refused: str) -> bool:
        """Whether there is another token now than this one, which the connector refused.

        One is fetched at most once in `REFUSED_PAUSE`; until it is there the old one is kept, for it may
        have been a gateway that refused it.
        """
        if self._token == refused:
            now = self._time()
            if self._under_way is None and now - self._refused_at < REFUSED_PAUSE:
                return False
            self._refused_at = now
            log.warning("the connector refuses our token; another is fetched")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._timeout):
                    await asyncio.shield(self._start())
        return self._token != refused

    def health(self) -> Health:
        """Whether something can be sent."""
        if self._time() < self._valid_until:
            return Health(ok=True)
        if self._failed is None:
            return Health(ok=True, detail="not needed yet")
        return Health(ok=False, detail=str(self._failed))

    async def settled(self) -> None:
        """Wait for the end of a renewal in the background, if there is one."""
        if self._under_way is not None:
            await asyncio.shield(self._under_way)

    def _start(self) -> "asyncio.Task[None]":
        """The request that is under way, or a new one; one at a time."""
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._renew())
        return self._under_way

    async def _renew(self) -> None:
        asked_at = self._time()
        try:
            answer = await asyncio.to_thread(self._acquire)
        except Exception as error:  # noqa: BLE001 - msal raises what its HTTP client raises
            log.warning("no token: %s", type(error).__name__)
            self._fail(f"no token: {type(error).__name__}", temporary=True)
            return
        finally:
            self._under_way = None
        token = answer.get("access_token")
        if not token:
            code = str(answer.get("error", "unknown"))
            log.error("no token: Entra says %s %s", code, answer.get("error_codes", ""))
            self._fail(f"no token: {code}", temporary=code in TEMPORARY)
            return
        life = max(int(answer.get("expires_in") or 0), 1)
        self._token, self._failed = token, None
        self._valid_until, self._renew_at = asked_at + life, asked_at + life * EARLY

    def _fail(self, why: str, *, temporary: bool) -> None:
        now = self._time()
        self._failed = TokenUnavailableError(why, temporary=temporary)
        self._renew_at = now + (PAUSE if now < self._valid_until else COLD_PAUSE)


def acquire(
    settings: Settings, *, authority: str = AUTHORITY, verify: bool | str = True
) -> Acquire:
    """How this bot asks for a token.

    Args:
        settings: app id, its type, password and tenant.
        authority: where Entra is.
        verify: whom to trust, as `requests` has it.
    """

    def ask() -> dict[str, Any]:
        import msal  # noqa: PLC0415 - a fifth of a second that the local mode does not need
        import requests  # noqa: PLC0415 - msal's own

        # Every object is new each time: once an hour that costs nothing, and msal's own caches, of tokens
        # and of refusals, do not stand between us and Entra.
        with requests.Session() as session:
            session.verify = verify
            # A redirect could carry the client secret elsewhere.
            session.max_redirects = 0
            session.request = functools.partial(session.request, timeout=TIMEOUT)  # type: ignore[method-assign]
            if settings.app_type == "UserAssignedMSI":
                identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)
                managed = msal.ManagedIdentityClient(identity, http_client=session)
                return dict(managed.acquire_token_for_client(resource=RESOURCE))
            application = _application(settings, authority, session)
            return dict(application.acquire_token_for_client(scopes=[SCOPE]))

    return ask


def _application(settings: Settings, authority: str, session: Any) -> Any:
    import msal  # noqa: PLC0415 - as above

    return msal.ConfidentialClientApplication(
        settings.app_id,
        client_credential=settings.app_password,
        authority=f"{authority}/{_tenant(settings)}",
        instance_discovery=authority == AUTHORITY,
        http_client=session,
    )


def _tenant(settings: Settings) -> str:
    return settings.tenant_id if settings.app_type == "SingleTenant" else MULTI_TENANT
