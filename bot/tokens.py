"""The bot's own token for the connector: one an hour, fetched off the loop, single flight."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msal

from bot.connector import TokenUnavailableError
from bot.settings import Settings

log = logging.getLogger(__name__)

SCOPE = "https://api.botframework.com/.default"
RESOURCE = "https://api.botframework.com"
AUTHORITY = "https://login.microsoftonline.com"
MULTI_TENANT = "botframework.com"
EARLY = timedelta(minutes=10)
"""How long before its end a token is renewed; until the end the old one is still good."""
PAUSE = timedelta(seconds=30)
"""Between two attempts to renew while they fail."""

Acquire = Callable[[], dict[str, Any]]
"""Asks for a token, blocking; the dict of msal, with `access_token` and `expires_in`, or `error`."""


class NoTokens:
    """The local mode: no token, no authentication."""

    async def token(self) -> str:
        """Nothing."""
        return ""


class MsalTokens:
    """Tokens of an application in Entra, or of a managed identity."""

    def __init__(self, acquire: Acquire, clock: Callable[[], datetime]) -> None:
        """Ask with `acquire`, in a thread."""
        self._acquire, self._clock = acquire, clock
        self._token = ""
        self._good_until: datetime | None = None
        self._next_try: datetime | None = None
        self._under_way: asyncio.Task[None] | None = None

    async def token(self) -> str:
        """See `bot.connector.Tokens`."""
        now = self._clock()
        if self._good_until and now < self._good_until:
            if now > self._good_until - EARLY and (self._next_try is None or now >= self._next_try):
                # Renewed behind the back of this send: a failing renewal harms nobody while the old one lives.
                self._start()
            return self._token
        await asyncio.shield(self._start())
        return self._token

    def _start(self) -> "asyncio.Task[None]":
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._renew())
            self._under_way.add_done_callback(_seen)
        return self._under_way

    async def _renew(self) -> None:
        self._next_try = self._clock() + PAUSE
        try:
            answer = await asyncio.to_thread(self._acquire)
        except Exception as error:  # noqa: BLE001 - msal raises what its HTTP client raises
            log.warning("no token: %s", type(error).__name__)
            raise TokenUnavailableError(
                f"no token: {type(error).__name__}", temporary=True
            ) from None
        if "access_token" not in answer:
            code = str(answer.get("error", "unknown"))
            log.error("no token: Entra says %s %s", code, answer.get("error_codes", ""))
            temporary = code in ("temporarily_unavailable", "server_error", "request_timeout")
            raise TokenUnavailableError(f"no token: {code}", temporary=temporary)
        self._token = answer["access_token"]
        self._good_until = self._clock() + timedelta(
            seconds=int(answer.get("expires_in", 3_600)) - 60
        )
        self._next_try = None


def _seen(task: "asyncio.Task[None]") -> None:
    """A renewal nobody waits for may fail in silence; it was logged."""
    if not task.cancelled():
        task.exception()


def acquire(
    settings: Settings, *, authority: str = AUTHORITY, verify: bool | str = True
) -> Acquire:
    """How this bot asks for a token; msal is only made when first asked, in the thread."""
    made: list[Any] = []

    def ask() -> dict[str, Any]:
        if settings.app_type == "UserAssignedMSI":
            if not made:
                import requests  # noqa: PLC0415 - msal's own; needed for managed identities only

                identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)
                made.append(msal.ManagedIdentityClient(identity, http_client=requests.Session()))
            return dict(made[0].acquire_token_for_client(resource=RESOURCE))
        if not made:
            tenant = settings.tenant_id if settings.app_type == "SingleTenant" else MULTI_TENANT
            made.append(
                msal.ConfidentialClientApplication(
                    settings.app_id,
                    client_credential=settings.app_password,
                    authority=f"{authority}/{tenant}",
                    instance_discovery=authority == AUTHORITY,
                    timeout=10,
                    verify=verify,
                )
            )
        # msal keeps the last token itself; a renewal must ask Entra.
        made[0].remove_tokens_for_client()
        return dict(made[0].acquire_token_for_client(scopes=[SCOPE]))

    return ask
