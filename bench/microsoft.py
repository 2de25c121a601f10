"""Microsoft, for every bot in the bench: connector, token service and key issuer, in one process of its own.

Raw asyncio, where the tests have an aiohttp server (tests/support/teams.py): that one would take
more of the machine than the quickest of the bots that are measured.  What it counted, `GET /_stats`; how slow it is, `POST /_delay`.

    python bench/microsoft.py --certificate FILE      prints its two ports: plain and TLS
"""

import argparse
import asyncio
import base64
import json
import sys
import time
from collections import Counter
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support.certificates import serving
from tests.support.teams import (
    APP_ID,
    ISSUER,
    authority_document,
    channel_token,
    signing_keys,
)


class Microsoft:
    """What is asked of it, counted."""

    def __init__(self):
        self.calls = Counter()
        self.connections = 0
        self.delay = {"token": 0.0, "connector": 0.0}
        self.key = rsa.generate_private_key(65537, 2048)
        self.keys = signing_keys({"k1": self.key})

    def answer(self, method, path, body):
        """(answer, seconds to wait before it)"""
        if "/v3/conversations" in path:
            typing = b'"type": "typing"' in body or b'"type":"typing"' in body
            self.calls["typing" if typing else "sent"] += 1
            return {"id": f"1:{self.calls['sent']}"}, self.delay["connector"]
        if path.endswith("/oauth2/v2.0/token"):
            self.calls["token"] += 1
            return self.token(), self.delay["token"]
        if path.endswith(("/openid-configuration", "/discovery/instance")):
            self.calls["discovery"] += 1
            return self.authority(path), self.delay["token"]
        if path.endswith("/openidconfiguration"):
            uris = {"issuer": ISSUER, "jwks_uri": "https://login.botframework.com/keys"}
            return uris | {"id_token_signing_alg_values_supported": ["RS256"]}, 0.0
        if path.endswith("/keys"):
            return self.keys, 0.0
        if path == "/_stats":
            return {**self.calls, "connections": self.connections}, 0.0
        if path == "/_delay":
            self.delay |= json.loads(body)
            return self.delay, 0.0
        if path == "/_token":
            return {"token": channel_token(self.key)}, 0.0
        self.calls["other " + path] += 1
        return {}, 0.0

    def authority(self, path):
        tenant = path.split("/")[1]
        base = "https://login.microsoftonline.com"
        if path.endswith("/instance"):
            document = f"{base}/common/v2.0/.well-known/openid-configuration"
            return {"tenant_discovery_endpoint": document, "metadata": []}
        return authority_document(base, tenant)

    def token(self):
        """A token for the connector; it looks like one, for a client may read it."""
        now = int(time.time())
        claims = {"aud": ISSUER, "iat": now, "nbf": now, "exp": now + 3599, "appid": APP_ID}
        parts = [{"typ": "JWT", "alg": "RS256"}, claims | {"uti": str(self.calls["token"])}]
        encoded = [
            base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts
        ]
        token = ".".join([*encoded, "c2ln"])
        return {"token_type": "Bearer", "expires_in": 3599, "access_token": token}


class Connection(asyncio.Protocol):
    """One connection: requests in, answers out, in order."""

    def __init__(self, microsoft):
        self.microsoft, self.buffer = microsoft, b""

    def connection_made(self, transport):
        self.transport = transport
        self.microsoft.connections += 1

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].decode("latin-1")
            lines = head.split("\r\n")
            headers = {
                k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])
            }
            rest = self.buffer[end + 4 :]
            if "chunked" in headers.get("transfer-encoding", ""):
                stop = rest.find(b"0\r\n\r\n")
                if stop < 0:
                    return
                body, used = rest[:stop], stop + 5
            else:
                used = int(headers.get("content-length", 0))
                if len(rest) < used:
                    return
                body = rest[:used]
            self.buffer = rest[used:]
            method, path, _ = lines[0].split(" ", 2)
            reply, wait = self.microsoft.answer(method, path.partition("?")[0], body)
            if wait:
                asyncio.get_running_loop().call_later(wait, self.reply, reply)
            else:
                self.reply(reply)

    def reply(self, reply):
        if self.transport.is_closing():
            return
        body = json.dumps(reply).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--certificate", required=True)
    given = parser.parse_args()
    microsoft, loop = Microsoft(), asyncio.get_running_loop()
    plain = await loop.create_server(lambda: Connection(microsoft), "127.0.0.1", 0, backlog=1024)
    tls = await loop.create_server(
        lambda: Connection(microsoft),
        "127.0.0.1",
        0,
        ssl=serving(Path(given.certificate)),
        backlog=1024,
    )
    print(*(server.sockets[0].getsockname()[1] for server in (plain, tls)), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
