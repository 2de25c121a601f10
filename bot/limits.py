"""What a connection may take, and how many there may be on this machine."""

import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

CONNECTIONS_MAX = 512
"""At the same time; a proxy keeps a few dozen."""
DESCRIPTORS_KEPT = 300
"""File descriptors that are left for what the bot itself opens: 200 sends, the database, the content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a connection may take."""

    connections: int
    head_bytes: int = 32 * 1024
    """Of the request line and all headers together."""
    head_seconds: float = 10.0
    """From the opening, or the first byte of a further request, until the headers are there."""
    idle_seconds: float = 180.0
    """Between two requests; longer than proxies keep theirs (Caddy: 120 s, nginx: 60 s)."""
    request_seconds: float = 45.0
    """From the headers until the answer was taken; a turn and its body need 24 at most."""


def limits_here() -> Limits:
    """The limits on this machine: fewer connections than a process may have files open."""
    if sys.platform == "win32":
        return Limits(connections=CONNECTIONS_MAX)
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if descriptors == resource.RLIM_INFINITY:
        return Limits(connections=CONNECTIONS_MAX)
    room = max(descriptors - DESCRIPTORS_KEPT, descriptors // 4)
    return Limits(connections=max(1, min(CONNECTIONS_MAX, room)))
