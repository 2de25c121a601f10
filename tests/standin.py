"""A Bot Connector, a token service and a key issuer on loopback, in a thread of their own.

Records what the bot sends; answers with whatever fault a test asks for.
"""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"
APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-8888-7777-6666-555555555555"


class StandIn:
    """The outside world. `sent` holds (method, path, body, headers), in order."""

    def __init__(self):
        self.sent: list[tuple[str, str, dict[str, Any], dict[str, str]]] = []
        self.fault: Callable[[str, str, dict], web.StreamResponse | None] | None = None
        self.delay = 0.0
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.endorsements = ["msteams"]
        self.metadata_fault: int | str | None = None
        self.metadata_delay = 0.0
        self.metadata_calls = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self.url = ""
        self.new_key("k1")

    # Life.

    def __enter__(self):
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._runner.cleanup())
        self._loop.close()

    async def _start(self):
        app = web.Application(client_max_size=2**22)
        app.router.add_get("/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/keys", self._jwks)
        app.router.add_route("*", "/v3/{rest:.*}", self._connector)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    # The connector.

    async def _connector(self, request):
        try:
            body = await request.json()
        except ValueError:
            body = {}
        if self.delay:
            await asyncio.sleep(self.delay)
        answer = self.fault(request.method, request.path, body) if self.fault else None
        if answer == "drop":
            request.transport.close()
            return web.Response()
        self.sent.append((request.method, request.path, body, dict(request.headers)))
        if answer is not None:
            return answer
        return web.json_response({"id": f"sent-{len(self.sent)}"})

    def cards(self) -> list[dict]:
        """The Adaptive Cards that arrived, in order."""
        return [a["content"] for _, _, body, _ in self.sent for a in body.get("attachments", [])]

    def texts(self) -> list[str]:
        """The fallback texts of the cards that arrived."""
        return [card["fallbackText"] for card in self.cards()]

    # The issuer.

    @property
    def metadata(self):
        return self.url + "/.well-known/openidconfiguration"

    async def _metadata(self, _):
        self.metadata_calls += 1
        if self.metadata_delay:
            await asyncio.sleep(self.metadata_delay)
        if isinstance(self.metadata_fault, int):
            return web.Response(status=self.metadata_fault, text="<html>no</html>")
        if self.metadata_fault:
            return web.Response(text=self.metadata_fault)
        return web.json_response({"issuer": ISSUER, "jwks_uri": self.url + "/keys"})

    async def _jwks(self, _):
        keys = [
            json.loads(RSAAlgorithm.to_jwk(key.public_key()))
            | {"kid": kid, "use": "sig", "endorsements": self.endorsements}
            for kid, key in self.keys.items()
        ]
        return web.json_response({"keys": keys})

    def new_key(self, kid):
        self.keys[kid] = rsa.generate_private_key(65537, 2048)

    def token(self, *, key=None, kid="k1", algorithm="RS256", headers=None, **claims):
        """A token as the channel makes it; claims given as None are left out."""
        now = int(time.time())
        made = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": self.service_url,
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
        }
        made = {k: v for k, v in (made | claims).items() if v is not None}
        return jwt.encode(
            made, key or self.keys[kid], algorithm, headers={"kid": kid, **(headers or {})}
        )

    @property
    def service_url(self):
        return self.url


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
