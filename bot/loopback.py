"""Which hosts are this machine: all that the local mode, without authentication, may speak with."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether this host name or address can only be reached from this machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
