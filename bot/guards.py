"""What every request must pass before it reaches a route, and who may see details."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.connections import Connection
from bot.loopback import is_loopback

RouteHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via")
"""Headers that a proxy adds: whoever asks is not who is at the other end of the connection."""
NO_CODINGS = ("", "identity")


def guard(*, local: bool) -> Middleware:
    """What refuses a request before anything of its body is read.

    Args:
        local: whether the bot runs without authentication. Then a request must name this machine and
            come by no proxy: a web page could lead a name of its own to loopback (DNS rebinding).
    """

    @web.middleware
    async def guarded(request: web.Request, handler: RouteHandler) -> web.StreamResponse:
        if isinstance(request.protocol, Connection):
            request.protocol.begin()
        if "Upgrade" in request.headers or request.method == "CONNECT":
            return _refused(400, "no other protocol is spoken here")
        if request.headers.get("Content-Encoding", "").strip().casefold() not in NO_CODINGS:
            # Teams compresses nothing; a few KB could hold a GB.
            return _refused(415, "a compressed body is not read")
        if local and not names_this_machine(request):
            return _refused(403, "without MicrosoftAppId only this machine is answered")
        return await handler(request)

    return guarded


def names_this_machine(request: web.Request) -> bool:
    """Whether a request was sent to a name of this machine, and by no proxy."""
    return is_loopback(_host(request.host)) and not any(h in request.headers for h in FORWARDED)


def is_from_here(request: web.Request) -> bool:
    """Whether a request was made on this machine, and by no proxy."""
    return is_loopback(request.remote or "") and names_this_machine(request)


def _host(authority: str) -> str:
    """The host of `host:port`; of `[::1]:80` what is between the brackets."""
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0]


def _refused(status: int, reason: str) -> web.Response:
    response = web.json_response({"error": {"code": reason}}, status=status)
    # Whatever follows on this connection is not what we would take it for.
    response.force_close()
    return response
