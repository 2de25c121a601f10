"""Service URLs: they come from outside, so this is the one place that says whether a token may go there."""

import functools
from urllib.parse import quote

from yarl import URL

from bot.loopback import is_loopback

HOSTS = (
    "smba.trafficmanager.net",
    "botframework.com",
    "botframework.us",
    "infra.gcc.teams.microsoft.com",
    "infra.gov.teams.microsoft.us",
    "infra.dod.teams.microsoft.us",
)
"""Where a token may go: these hosts, and what is below those that only Microsoft can add names to."""
SHARED_DOMAIN = ".trafficmanager.net"
"""Below it any customer of Azure can have a name, also one with periods in it: only whole names count."""
REMEMBERED = 64
"""Service URLs whose verdict is remembered; a tenant has one or two."""


@functools.lru_cache(maxsize=REMEMBERED)
def is_address(service_url: str) -> bool:
    """Whether it is an http or https URL with a host."""
    try:
        url = URL(service_url)
        return url.scheme in ("http", "https") and bool(url.host)
    except ValueError:
        return False


def is_allowed(service_url: str, *, local: bool) -> bool:
    """Whether the bot may send to this service URL."""
    return _base(service_url, local=local) is not None


def segment(id_: str) -> str:
    """An id as one segment of a path, whatever it holds; `..` would name the folder above."""
    return quote(id_, safe="") if id_.strip(".") else id_.replace(".", "%2E")


def target(service_url: str, path: str, *, local: bool) -> URL | None:
    """Where a request goes: to Microsoft's hosts over https, or to loopback in local mode; None elsewhere.

    The URL is parsed once, for the check and for the request: two parsers could read two hosts in it.

    Args:
        service_url: as an activity or a stored address has it.
        path: below it, quoted already.
        local: whether the bot runs without authentication.
    """
    base = _base(service_url, local=local)
    return None if base is None else base.with_path(base.raw_path.rstrip("/") + path, encoded=True)


@functools.lru_cache(maxsize=REMEMBERED)
def _base(service_url: str, *, local: bool) -> URL | None:
    if not service_url.isascii() or not service_url.isprintable() or set(service_url) & set(" \\%"):
        return None
    try:
        url = URL(service_url.rstrip("/"), encoded=True)
        host, port = (url.host or "").casefold(), url.port
    except ValueError:
        return None
    if url.user is not None or url.raw_query_string or url.raw_fragment:
        return None
    if local:
        fine = url.scheme in ("http", "https") and is_loopback(host)
    else:
        below = not host.endswith(SHARED_DOMAIN)
        known = any(host == ours or (below and host.endswith(f".{ours}")) for ours in HOSTS)
        fine = url.scheme == "https" and port == 443 and known
    return url if fine else None
