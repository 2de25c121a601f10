"""The public address, as far as it shows from the inside: the endpoint that Teams calls."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import aiohttp

from bot.cli.doctor.finding import TIMEOUT, Finding, why
from bot.clock import Clock
from bot.settings import Settings

CERTIFICATE_DAYS = 21
"""Days; a certificate that ends sooner is a warning."""


async def address(
    session: aiohttp.ClientSession, settings: Settings, clock: Clock
) -> AsyncIterator[Finding]:
    """Whether others reach the bot at PUBLIC_URL, as far as that shows from the inside."""
    url = settings.public_url
    if not url:
        if not settings.local:
            remedy = (
                "Set it to the https address that is the start of the messaging endpoint in Azure."
            )
            yield Finding("public address", "warning", "PUBLIC_URL is empty, so not tried", remedy)
        return
    reached = await reachable(session, settings)
    yield reached
    if reached.state != "ok":
        return
    if url.startswith("https:"):
        end = await certificate_end(url, ssl.create_default_context())
        if end:
            yield certificate_life(end, clock())
    yield await endpoint(session, url, settings)


async def reachable(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    """Whether this bot answers at PUBLIC_URL."""
    url = settings.public_url
    try:
        async with session.get(
            f"{url}/healthz", timeout=TIMEOUT, allow_redirects=False
        ) as response:
            status, body = response.status, await response.content.read(1000)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return Finding("public address", "broken", *_unreached(url, error))
    if status == 200 and b'"status"' in body:
        return Finding("public address", "ok", f"{url} reaches a bot")
    return Finding(
        "public address",
        "broken",
        f"{url}/healthz answers {status}, and not as this bot does",
        "The proxy, tunnel or web application firewall before the bot must pass the whole path to it, "
        f"unchanged and without a login: http port {settings.port} on this machine.",
    )


async def endpoint(session: aiohttp.ClientSession, url: str, settings: Settings) -> Finding:
    """Whether the messaging endpoint is there, and refuses strangers."""
    try:
        async with session.post(
            f"{url}/api/messages", json={"type": "ping"}, timeout=TIMEOUT, allow_redirects=False
        ) as response:
            status = response.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding("endpoint", "broken", *_unreached(url, error))
    if status == 401:
        return Finding("endpoint", "ok", f"{url}/api/messages refuses strangers, as it should")
    if status in (301, 302, 303, 307, 308, 403):
        remedy = "Something before the bot asks for a login or blocks POST: leave /api/messages out of that."
        return Finding("endpoint", "broken", f"a stranger gets {status}, not the bot's 401", remedy)
    if settings.local:
        return Finding(
            "endpoint",
            "broken",
            "the bot answers without authentication at a public address",
            "Set MicrosoftAppId, or shut that address now.",
        )
    remedy = "The proxy must pass POST /api/messages to the bot, unchanged."
    return Finding("endpoint", "broken", f"{url}/api/messages answers {status}, not 401", remedy)


def certificate_life(end: datetime, now: datetime) -> Finding:
    """How long the certificate of the public address is good."""
    days = (end - now).days
    if days < CERTIFICATE_DAYS:
        remedy = "Renew it; Teams refuses an address whose certificate has ended."
        return Finding("certificate", "warning", f"ends in {days} days", remedy)
    return Finding("certificate", "ok", f"good for {days} days")


async def certificate_end(url: str, trusted: ssl.SSLContext) -> datetime | None:
    """When the certificate of an address ends; None where that cannot be seen, as behind a proxy."""
    parts = urlsplit(url)
    try:
        async with asyncio.timeout(TIMEOUT.total):
            _, writer = await asyncio.open_connection(
                parts.hostname, parts.port or 443, ssl=trusted
            )
    except (OSError, TimeoutError):
        return None
    certificate = writer.get_extra_info("ssl_object").getpeercert()
    writer.close()
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)


def _unreached(url: str, error: Exception) -> tuple[str, str]:
    """What a failed request to our own address means, and the remedy."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return (
            f"the certificate of {url} is not trusted ({why(error)})",
            (
                "Teams needs one of a public authority, for exactly this name, with its intermediate "
                "certificates. A self-signed one never works."
            ),
        )
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"{url} has no address", "Make the name in DNS, or mend PUBLIC_URL."
    return (
        f"{url} was not reached ({why(error)})",
        (
            "Is the proxy or tunnel up, and port 443 open? From inside a network the public address is at times "
            "not reachable: then try it with a browser outside."
        ),
    )
