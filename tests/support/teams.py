"""A Bot Connector, a token service and a key issuer on loopback, in a thread of their own.

Records what the bot sends; answers with whatever fault a test asks for.
"""

import asyncio
import inspect
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt
from aiohttp import web
from aiohttp.abc import AbstractResolver
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.teams import connector
from tests.support.certificates import HOSTS, serving, trusting

ISSUER = "https://api.botframework.com"
APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-8888-7777-6666-555555555555"
REGISTERED = {
    "MicrosoftAppId": APP_ID,
    "MicrosoftAppPassword": "s3cret~value",
    "MicrosoftAppTenantId": TENANT,
}
"""The environment of a registered bot."""
SERVICE = "https://smba.trafficmanager.net/emea/"
"""The service URL of production; `session` and `authority` lead Microsoft's names to the fake."""


def signing_keys(keys, endorsements=("msteams",)):
    """The document of these private keys (id → key), as the Bot Framework publishes its own."""
    return {
        "keys": [
            json.loads(RSAAlgorithm.to_jwk(key.public_key()))
            | {"kid": kid, "use": "sig", "endorsements": endorsements}
            for kid, key in keys.items()
        ]
    }


def channel_token(key, *, kid="k1", algorithm="RS256", headers=None, **claims):
    """A token as the channel makes it for the bot; claims given as None are left out."""
    now = int(time.time())
    payload = {"iss": ISSUER, "aud": APP_ID, "serviceurl": SERVICE}
    payload |= {"iat": now, "nbf": now, "exp": now + 3600} | claims
    payload = {name: claim for name, claim in payload.items() if claim is not None}
    return jwt.encode(payload, key, algorithm, headers={"kid": kid, **(headers or {})})


def authority_document(authority, tenant):
    """What a token service says of itself."""
    base = f"{authority}/{tenant}"
    return {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "jwks_uri": f"{base}/keys",
    }


class FakeMicrosoft:
    """Microsoft. `sent` holds (method, path, body, headers), in order."""

    def __init__(self, certificate: Path | None = None):
        self.certificate = certificate
        self.sent: list[tuple[str, str, dict[str, Any], dict[str, str]]] = []
        self.fault: Callable[[str, str, dict], web.StreamResponse | None] | None = None
        self.refused: set[str] = set()
        """Authorization headers that the connector does not take, and how it says so."""
        self.refusal = self.answers(401, {"message": "Authorization has been denied."})
        self.delay = 0.0
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.endorsements = ["msteams"]
        self.metadata_fault: int | str | None = None
        self.metadata_delay = 0.0
        self.metadata_calls = 0
        self.keys_fault: str | None = None
        self.token_calls = 0
        self.token_delay = 0.0
        self.token_fault: dict[str, Any] | int | None = None
        self.token_life = 3600
        self.connections = set()
        self.under_way: dict[str, int] = {}
        self.most_under_way = 0
        self.overlaps = 0
        self.hung_up = threading.Event()
        """Set when a client closed its connection before it had its answer."""
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self.url = ""
        self.new_key("k1")

    # Life.

    def __enter__(self):
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()
        if self.certificate:
            self._tls.close()
        self._loop.run_until_complete(self._runner.cleanup())
        # What was told to close needs a moment for it, and TLS says goodbye first.
        self._loop.run_until_complete(asyncio.sleep(0.1 if self.certificate else 0.01))
        self._loop.close()

    async def _start(self):
        app = web.Application(client_max_size=2**22)
        app.router.add_get("/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/keys", self._jwks)
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_route("*", "/v3/{rest:.*}", self._connector)
        app.router.add_route("*", "/{region}/v3/{rest:.*}", self._connector)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._authority)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.tls_port = 0
        if self.certificate:
            # A client that keeps its connection (msal's does) is not waited for at the end.
            self._tls = await self._loop.create_server(
                self._runner.server,
                "127.0.0.1",
                0,
                ssl=serving(self.certificate),
                ssl_shutdown_timeout=0.05,
            )
            self.tls_port = self._tls.sockets[0].getsockname()[1]

    # The connector.

    async def _connector(self, request):
        try:
            body = await request.json()
        except ValueError:
            body = {}
        conversation = request.path.partition("/conversations/")[2].partition("/")[0]
        self.connections.add(request.transport.get_extra_info("peername"))
        self.overlaps += self.under_way.get(conversation, 0)
        self.under_way[conversation] = self.under_way.get(conversation, 0) + 1
        self.most_under_way = max(self.most_under_way, sum(self.under_way.values()))
        try:
            if self.delay:
                await asyncio.sleep(self.delay)
                if request.transport is None:
                    self.hung_up.set()
            answer = self.fault(request.method, request.path, body) if self.fault else None
            if answer is None and request.headers.get("Authorization", "") in self.refused:
                answer = self.refusal()
            if inspect.isawaitable(answer):
                answer = await answer
            if answer == "drop":
                request.transport.close()
                return web.Response()
        finally:
            self.under_way[conversation] -= 1
        self.sent.append((request.method, request.path, body, dict(request.headers)))
        if answer is not None:
            return answer
        return web.json_response({"id": f"sent-{len(self.sent)}"})

    @contextmanager
    def faults(self, fault):
        """Answer with this fault for a while; see `answers`."""
        self.fault = fault
        try:
            yield self
        finally:
            self.fault = None

    @staticmethod
    def answers(status, body=None, **headers):
        """A fault: this status, with an error of the connector's, or this text or object as body."""
        if body is None:
            body = {"error": {"code": "Fault", "message": "injected"}}
        page = isinstance(body, str)
        text = body if page else json.dumps(body)
        kind = "text/html" if page else "application/json"
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return lambda *_: web.Response(status=status, text=text, content_type=kind, headers=headers)

    def cards(self) -> list[dict]:
        """The Adaptive Cards that arrived, in order."""
        return [a["content"] for _, _, body, _ in self.sent for a in body.get("attachments", [])]

    def texts(self) -> list[str]:
        """The fallback texts of the cards that arrived."""
        return [card["fallbackText"] for card in self.cards()]

    # The token service.

    @property
    def authority(self):
        return f"https://127.0.0.1:{self.tls_port}"

    async def _authority(self, request):
        tenant = request.match_info["tenant"]
        return web.json_response(authority_document(self.authority, tenant))

    async def _token(self, request):
        self.token_calls += 1
        self.token_asked = {"tenant": request.match_info["tenant"], **await request.post()}
        if self.token_delay:
            await asyncio.sleep(self.token_delay)
        if callable(self.token_fault):
            return self.token_fault()
        if isinstance(self.token_fault, int):
            return web.Response(status=self.token_fault, text="<html>no</html>")
        if self.token_fault:
            return web.json_response(self.token_fault, status=400)
        token = {"access_token": f"token-{self.token_calls}", "expires_in": self.token_life}
        return web.json_response({"token_type": "Bearer", **token})

    def session(self):
        """A session for which Microsoft's names lead to the fake, and no other name exists."""
        trust = trusting(self.certificate)
        return connector.pooled_session(resolver=_Names(self.tls_port), ssl=trust)

    def distrustful_session(self):
        """The same, but it does not trust the fake's certificate."""
        return connector.pooled_session(resolver=_Names(self.tls_port))

    # The issuer.

    @property
    def metadata(self):
        return self.url + "/.well-known/openidconfiguration"

    async def _metadata(self, _):
        self.metadata_calls += 1
        if self.metadata_delay:
            await asyncio.sleep(self.metadata_delay)
        if callable(self.metadata_fault):
            return self.metadata_fault()
        if isinstance(self.metadata_fault, int):
            return web.Response(status=self.metadata_fault, text="<html>no</html>")
        if self.metadata_fault:
            return web.Response(text=self.metadata_fault)
        return web.json_response({"issuer": ISSUER, "jwks_uri": self.url + "/keys"})

    async def _jwks(self, _):
        if self.keys_fault:
            return web.Response(text=self.keys_fault)
        return web.json_response(signing_keys(self.keys, self.endorsements))

    def new_key(self, kid):
        self.keys[kid] = rsa.generate_private_key(65537, 2048)

    def token(self, *, key=None, kid="k1", **more):
        """A token of the channel, for this service URL where no other is given."""
        return channel_token(key or self.keys[kid], kid=kid, **({"serviceurl": self.url} | more))


class _Names(AbstractResolver):
    def __init__(self, port):
        self._port = port

    async def resolve(self, host, *_, **__):
        if host not in HOSTS:
            raise OSError(f"no such host: {host}")
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": self._port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
        ]

    async def close(self):
        pass


def activity(service_url, text=None, **more):
    """A message as Teams sends it in a personal chat."""
    body = {
        "type": "message",
        "id": f"{time.monotonic_ns()}",
        "timestamp": "2026-11-24T10:00:00.000Z",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {
            "id": "29:anna",
            "name": "Anna",
            "aadObjectId": "00000000-0000-0000-0000-000000000021",
        },
        "recipient": {"id": "28:bot", "name": "Ladderbot"},
        "conversation": {"id": "a:anna", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "nl-NL",
        "localTimezone": "Europe/Amsterdam",
    }
    if text is not None:
        body["text"] = text
    return body | more


BOT = {"id": "28:bot", "name": "Ladderbot"}
TEAM = {"id": "19:general@thread.tacv2", "name": "CoP"}
HI = "<at>Ladderbot</at>"


def mention(text=HI, who=BOT):
    return {"type": "mention", "mentioned": who, "text": text}


def group(**more):
    return {
        "conversation": {
            "id": "19:group@thread.v2",
            "conversationType": "groupChat",
            "isGroup": True,
        },
        **more,
    }


def channel(id_="19:questions@thread.tacv2", *, team=TEAM, thread="1700000000001", **data):
    """A post in a channel, in a thread of its own."""
    tail = f";messageid={thread}" if thread else ""
    return {
        "conversation": {
            "id": f"{id_}{tail}",
            "conversationType": "channel",
            "isGroup": True,
        },
        "channelData": {
            "tenant": {"id": TENANT},
            "team": team,
            "channel": {"id": id_} | data,
        },
    }


async def event(client, body):
    status, _ = await client.post(activity(client.microsoft.url) | body)
    assert status == 202
