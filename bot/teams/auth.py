"""Who may come in: whom the Bot Framework vouches for, of our tenant, with an activity we can read."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import jwt
from aiohttp import web

from bot.clock import Clock
from bot.settings import Settings
from bot.teams.activity import RefusedError, inner, parse
from bot.teams.connector import allowed
from bot.teams.keys import KeysUnavailableError, SigningKey, SigningKeys

TOKEN_MAX = 8_192
VOUCHED_MAX = 200
"""Tokens that are remembered as verified. The Bot Framework uses one for many requests, up to an hour."""
BODY_SECONDS = 10.0
"""For which we wait for the rest of a body."""
CHANNEL = "msteams"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRules:
    """What makes a token the channel's; the SDK's rules, handed in by its door."""

    issuer: str
    algorithms: Sequence[str]
    leeway: timedelta
    service_url_claim: str
    endorsed: Callable[[str, Sequence[str]], bool]
    """Whether the endorsements of a key let it speak for a channel."""


@dataclass(frozen=True, slots=True)
class _Vouched:
    """What a verified token says, and the key it was verified with."""

    claims: Mapping[str, Any]
    kid: str
    key: SigningKey


class Authenticator:
    """Lets a request in as the JSON of an activity, or raises why not."""

    def __init__(
        self, settings: Settings, keys: SigningKeys, rules: TokenRules, clock: Clock
    ) -> None:
        """In the local mode of `settings` nobody is asked for a token."""
        self._settings, self._keys, self._rules, self._clock = settings, keys, rules, clock
        self._vouched_before: dict[str, _Vouched] = {}

    async def let_in(self, request: web.Request) -> dict[str, Any]:
        """The activity of a request that may come in.

        Raises:
            RefusedError: with the status that answers it.
        """
        if request.content_type.casefold() != "application/json":
            raise RefusedError(415, "content type is not application/json")
        if self._settings.local:
            # A stray token is not looked at: there is nobody to vouch for.
            body = parse(await _body(request))
            if not allowed(body["serviceUrl"], local=True):
                raise RefusedError(403, "service URL is not on loopback")
            return body
        # Before the body is read: a stranger cannot make us read.
        claims, key = await self._vouched(request.headers.get("Authorization", ""))
        body = parse(await _body(request))
        self._hold(body, claims, key)
        return body

    async def _vouched(self, header: str) -> tuple[Mapping[str, Any], SigningKey]:
        """The claims of a token by the rules, and the key that it was signed with."""
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer" or not token or len(token) > TOKEN_MAX:
            raise RefusedError(401, "no bearer token")
        before = self._vouched_before.get(token)
        if before is not None and await self._still_good(before):
            return before.claims, before.key
        try:
            found = await self._verified(token)
        except KeysUnavailableError:
            raise RefusedError(503, "signing keys are unavailable") from None
        except (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise RefusedError(401, f"token: {type(error).__name__}") from None
        if len(self._vouched_before) >= VOUCHED_MAX:
            self._vouched_before.clear()
        self._vouched_before[token] = found
        return found.claims, found.key

    async def _still_good(self, before: "_Vouched") -> bool:
        """Whether a token that was verified is within its time, and its key still the channel's."""
        ends = float(before.claims["exp"]) + self._rules.leeway.total_seconds()
        return self._clock().timestamp() < ends and await self._keys.find(before.kid) is before.key

    async def _verified(self, token: str) -> "_Vouched":
        # Looked at before it is trusted, only to spare the fetching of keys for strangers.
        peeked = jwt.decode_complete(token, options={"verify_signature": False})
        head, claimed = peeked["header"], peeked["payload"]
        if (
            claimed.get("iss") != self._rules.issuer
            or "exp" not in claimed
            or head.get("alg") not in self._rules.algorithms
        ):
            raise RefusedError(401, "token is not the channel's")
        kid = str(head.get("kid", ""))
        key = await self._keys.find(kid)
        if key is None:
            raise RefusedError(401, "signing key is unknown")
        claims = jwt.decode(
            token,
            key.key,
            algorithms=self._rules.algorithms,
            audience=self._settings.app_id,
            issuer=self._rules.issuer,
            leeway=self._rules.leeway,
            options={"require": ["exp", "iss", "aud"], "strict_aud": True},
        )
        return _Vouched(claims, kid, key)

    def _hold(self, body: Mapping[str, Any], claims: Mapping[str, Any], key: SigningKey) -> None:
        """Hold the activity against the token that vouches for it, and against our tenant."""
        if claims.get(self._rules.service_url_claim) != body["serviceUrl"]:
            raise RefusedError(401, "service URL differs from the token's")
        if not allowed(body["serviceUrl"], local=False):
            raise RefusedError(401, "service URL is not allowed")
        if body["channelId"] != CHANNEL or not self._rules.endorsed(CHANNEL, key.endorsements):
            raise RefusedError(401, "channel is not endorsed")
        if self._settings.tenant_id:
            # Guests of the host's tenant carry the host's id here, so they are let in.
            tenant = inner(body["channelData"], "tenant", "id")
            if tenant.casefold() != self._settings.tenant_id:
                raise RefusedError(403, "tenant is not the configured one")


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise RefusedError(413, "body is too large") from None
    except TimeoutError:
        raise RefusedError(408, "body did not arrive") from None
    except (aiohttp.ClientError, web.RequestPayloadError, ConnectionError):
        raise RefusedError(400, "body cannot be read") from None
