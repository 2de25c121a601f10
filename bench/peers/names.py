"""Leads Microsoft's host names to the bench's fake Microsoft, in the process of a bot with its production configuration.

The certificate is trusted through the environment (SSL_CERT_FILE, REQUESTS_CA_BUNDLE). No other name exists.
"""

import os
import socket
from asyncio import base_events

NAMES = {
    "login.microsoftonline.com",
    "login.botframework.com",
    "api.botframework.com",
    "smba.trafficmanager.net",
}


def redirect():
    """To the port in WORLD_TLS_PORT, where it is set; before any library is imported."""
    port = int(os.environ.get("WORLD_TLS_PORT", "0"))
    if not port:
        return
    real = socket.getaddrinfo

    def local(host, asked, *rest, **more):
        name = host.decode() if isinstance(host, bytes) else host
        if name in NAMES:
            return real("127.0.0.1", port, *rest, **more)
        if name in (None, "", "127.0.0.1", "localhost", "::1"):
            return real(host, asked, *rest, **more)
        raise socket.gaierror(-2, f"no such name in the bench: {name}")

    socket.getaddrinfo = local
    # httpx resolves a name first, and then connects to that address at the port it meant.
    resolved = base_events._ipaddr_info

    def moved(host, asked, *rest, **more):
        return resolved(host, port if (host, asked) == ("127.0.0.1", 443) else asked, *rest, **more)

    base_events._ipaddr_info = moved
