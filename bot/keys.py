"""The channel's signing keys: fetched on the loop with a timeout, kept while their source is down.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import jwt
from jwt.algorithms import RSAAlgorithm

log = logging.getLogger(__name__)

METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
TIMEOUT = aiohttp.ClientTimeout(total=5)
FRESH_FOR = timedelta(hours=24)
AGAIN_AFTER = timedelta(minutes=5)
"""An unknown key is looked for at most this often: else strangers could make us fetch all day."""
RETRY_AFTER = timedelta(seconds=5)
"""While no key at all is known."""


class KeysUnavailableError(Exception):
    """No signing key is known and their source does not answer: nobody can be let in."""


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
        clock: Callable[[], datetime],
        metadata: str = METADATA,
    ) -> None:
        """Fetch with `session` when first asked."""
        self._session, self._clock, self._metadata = session, clock, metadata
        self._keys: dict[str, SigningKey] = {}
        self._tried_at: datetime | None = None
        self._fetched_at: datetime | None = None
        self._lock = asyncio.Lock()

    async def find(self, kid: str) -> SigningKey | None:
        """The key with this id; None where the channel has no such key.

        Raises:
            KeysUnavailableError: where no key is known at all.
        """
        if kid in self._keys and not self._stale():
            return self._keys[kid]
        async with self._lock:
            if (kid not in self._keys or self._stale()) and self._may_try():
                await self._fetch()
        if not self._keys:
            raise KeysUnavailableError
        return self._keys.get(kid)

    def state(self) -> str:
        """For `readyz` and `doctor`."""
        return (
            f"ok, {len(self._keys)} keys"
            if self._keys
            else "ok, not needed yet"
            if self._tried_at is None
            else "no signing keys"
        )

    def _stale(self) -> bool:
        return self._fetched_at is None or self._clock() - self._fetched_at > FRESH_FOR

    def _may_try(self) -> bool:
        wait = AGAIN_AFTER if self._keys else RETRY_AFTER
        return self._tried_at is None or self._clock() - self._tried_at >= wait

    async def _fetch(self) -> None:
        self._tried_at = self._clock()
        try:
            document = await self._json(self._metadata)
            found = _read(await self._json(document["jwks_uri"]))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.warning(
                "signing keys could not be fetched (%s); %d known",
                type(error).__name__,
                len(self._keys),
            )
            return
        if found:
            self._keys, self._fetched_at = found, self._clock()

    async def _json(self, url: str) -> Any:
        async with self._session.get(url, timeout=TIMEOUT, raise_for_status=True) as response:
            return json.loads(await response.content.read(2**20))


def _read(document: Any) -> dict[str, SigningKey]:
    keys: dict[str, SigningKey] = {}
    for jwk in document["keys"]:
        if jwk.get("kty") != "RSA" or not isinstance(jwk.get("kid"), str):
            continue
        try:
            key = RSAAlgorithm.from_jwk(json.dumps(jwk))
        except (jwt.InvalidKeyError, ValueError):
            continue
        keys[jwk["kid"]] = SigningKey(key, tuple(jwk.get("endorsements") or ()))
    return keys
