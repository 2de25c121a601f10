"""Authenticates a request: a token of the Bot Framework, for an activity of our tenant."""

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
from bot.teams.activity import MSTEAMS, RefusedError, inner, parse
from bot.teams.keys import KeysUnavailableError, SigningKey, SigningKeys
from bot.teams.service_url import is_allowed

TOKEN_MAX = 8_192
"""Characters of a token; one of the Bot Framework has some 1,500."""
VERIFIED_MAX = 200
"""Tokens that are remembered as verified. The Bot Framework uses one for many requests, up to an hour."""
BODY_SECONDS = 10.0
"""Seconds for which we wait for the rest of a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRules:
    """What makes a token the channel's; the SDK's rules, handed in by `bot.teams.sdk`."""

    issuer: str
    algorithms: Sequence[str]
    leeway: timedelta
    service_url_claim: str
    endorsed: Callable[[str, Sequence[str]], bool]
    """Whether the endorsements of a key let it speak for a channel."""


@dataclass(frozen=True, slots=True)
class _VerifiedToken:
    """The claims of a verified token, and the key it was verified with."""

    claims: Mapping[str, Any]
    kid: str
    key: SigningKey


class Authenticator:
    """Turns a request into the JSON of an activity, or raises why not."""

    def __init__(
        self, settings: Settings, keys: SigningKeys, rules: TokenRules, clock: Clock
    ) -> None:
        """In the local mode of `settings` a request needs no token."""
        self._settings, self._keys, self._rules, self._clock = settings, keys, rules, clock
        self._verified: dict[str, _VerifiedToken] = {}

    @property
    def remembered(self) -> int:
        """Tokens that are remembered as verified."""
        return len(self._verified)

    async def authenticate(self, request: web.Request) -> dict[str, Any]:
        """The activity of a request that is authentic.

        Raises:
            RefusedError: with the status that answers it.
        """
        if request.content_type.casefold() != "application/json":
            raise RefusedError(415, "content type is not application/json")
        if self._settings.local:
            # Local mode ignores the Authorization header.
            body = parse(await _body(request))
            if not is_allowed(body["serviceUrl"], local=True):
                raise RefusedError(403, "service URL is not on loopback")
            return body
        # Before the body is read: a caller without a token cannot make the bot read one.
        claims, key = await self.verified_claims(request.headers.get("Authorization", ""))
        body = parse(await _body(request))
        self._check_activity(body, claims, key)
        return body

    async def verified_claims(self, header: str) -> tuple[Mapping[str, Any], SigningKey]:
        """The claims of the token in an Authorization header, and the key that it was signed with.

        A token that was verified is not verified again while it and its key are valid.

        Raises:
            RefusedError: 401, or 503 where no key is known to verify it with.
        """
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer" or not token or len(token) > TOKEN_MAX:
            raise RefusedError(401, "no bearer token")
        known = self._verified.get(token)
        if known is not None and await self._still_valid(known):
            return known.claims, known.key
        try:
            verified = await self._verify(token)
        except KeysUnavailableError:
            raise RefusedError(503, "signing keys are unavailable") from None
        except (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise RefusedError(401, f"token: {type(error).__name__}") from None
        if len(self._verified) >= VERIFIED_MAX:
            self._verified.clear()
        self._verified[token] = verified
        return verified.claims, verified.key

    async def _still_valid(self, token: _VerifiedToken) -> bool:
        """Whether a token that was verified has not expired, and its key is still the channel's."""
        ends = float(token.claims["exp"]) + self._rules.leeway.total_seconds()
        return self._clock().timestamp() < ends and await self._keys.find(token.kid) is token.key

    async def _verify(self, token: str) -> _VerifiedToken:
        # Unverified peek, so that a foreign token costs no key fetch.
        unverified = jwt.decode_complete(token, options={"verify_signature": False})
        head, claimed = unverified["header"], unverified["payload"]
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
        return _VerifiedToken(claims, kid, key)

    def _check_activity(
        self, body: Mapping[str, Any], claims: Mapping[str, Any], key: SigningKey
    ) -> None:
        """Refuse an activity that differs from the claims of its token, or is of another tenant."""
        if claims.get(self._rules.service_url_claim) != body["serviceUrl"]:
            raise RefusedError(401, "service URL differs from the token's")
        if not is_allowed(body["serviceUrl"], local=False):
            raise RefusedError(401, "service URL is not allowed")
        if body["channelId"] != MSTEAMS or not self._rules.endorsed(MSTEAMS, key.endorsements):
            raise RefusedError(401, "channel is not endorsed")
        if self._settings.tenant_id:
            # Guests of the host's tenant carry the host's id here, so they pass.
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
