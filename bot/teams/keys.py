"""The channel's signing keys: fetched on the loop with a timeout, kept while their source is down.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
from jwt.algorithms import RSAAlgorithm

from bot.health import Health
from bot.teams.http import read_at_most

log = logging.getLogger(__name__)

METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
TIMEOUT = aiohttp.ClientTimeout(total=5)
"""Seconds for each of the two documents."""
DOCUMENT_MAX = 2**21
"""Bytes of a document that are read; Microsoft's list of keys has some 50,000."""
FRESH_FOR = 24 * 3_600.0
"""Seconds. After this the keys are fetched again; until then, and while that fails, the old ones are valid."""
AGAIN_AFTER = 300.0
"""Seconds, the least time between two fetches for an unknown key: else any caller could make the bot fetch at will."""
RETRY_AFTER = 5.0
"""Seconds between two attempts while no key at all is known."""


class KeysUnavailableError(Exception):
    """No signing key is known and their source does not answer: no request can be authenticated."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the channels that it may speak for."""

    key: Any
    endorsements: tuple[str, ...]


class SigningKeys:
    """Keys by id, of one OpenID metadata document."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        time: Callable[[], float],
        metadata: str = METADATA,
    ) -> None:
        """Fetch with `session` when first asked; `time` counts seconds and never goes back."""
        self._session, self._time, self._metadata = session, time, metadata
        self._keys: dict[str, SigningKey] = {}
        self._tried_at: float | None = None
        self._fetched_at: float | None = None
        self._under_way: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> SigningKey | None:
        """The key with this id; None where the channel has no such key.

        Raises:
            KeysUnavailableError: where no key is known at all.
        """
        known = self._keys.get(kid)
        if known is not None:
            if self._stale() and self._may_try():
                # Refresh in the background; the key we have is still valid.
                self._fetch()
            return known
        if self._under_way is not None or self._may_try():
            await asyncio.shield(self._fetch())
        if not self._keys:
            raise KeysUnavailableError
        return self._keys.get(kid)

    def health(self) -> Health:
        """Whether requests can be authenticated."""
        if self._keys:
            return Health(ok=True, detail=f"{len(self._keys)} keys")
        if self._tried_at is None:
            return Health(ok=True, detail="not needed yet")
        return Health(ok=False, detail="no signing keys")

    def _stale(self) -> bool:
        return self._fetched_at is None or self._time() - self._fetched_at > FRESH_FOR

    def _may_try(self) -> bool:
        wait = AGAIN_AFTER if self._keys else RETRY_AFTER
        return self._tried_at is None or self._time() - self._tried_at >= wait

    def _fetch(self) -> "asyncio.Task[None]":
        """The fetch that is under way, or a new one; one at a time."""
        if self._under_way is None:
            self._tried_at = self._time()
            self._under_way = asyncio.create_task(self._refresh())
        return self._under_way

    async def _refresh(self) -> None:
        try:
            document = await self._json(self._metadata)
            keys = _read(await self._json(document["jwks_uri"]))
        except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError) as error:
            log.warning(
                "signing keys could not be fetched (%s); %d known",
                type(error).__name__,
                len(self._keys),
            )
            return
        finally:
            self._under_way = None
        if keys:
            self._keys, self._fetched_at = keys, self._time()

    async def _json(self, url: str) -> Any:
        # Not where a redirect leads: whoever holds the keys says who may speak to the bot.
        async with self._session.get(url, timeout=TIMEOUT, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(response.status)
            return json.loads(await read_at_most(response, DOCUMENT_MAX))


def _read(document: Any) -> dict[str, SigningKey]:
    keys: dict[str, SigningKey] = {}
    for jwk in document["keys"]:
        if not isinstance(jwk, dict) or jwk.get("kty") != "RSA" or not jwk.get("kid"):
            continue
        try:
            key = RSAAlgorithm.from_jwk(jwk)
        except (jwt.InvalidKeyError, ValueError, TypeError):
            continue
        channels = jwk.get("endorsements")
        endorsements = tuple(channels) if isinstance(channels, list) else ()
        keys[str(jwk["kid"])] = SigningKey(key, endorsements)
    return keys
