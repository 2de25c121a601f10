"""Microsoft's side, seen from this host: a token, the signing keys, the clock, the way out."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.cli.doctor.finding import TIMEOUT, Finding, why
from bot.clock import Clock
from bot.teams.tokens import Acquire

SKEW_WARNING, SKEW_BROKEN = 30.0, 240.0
"""Seconds that the clock may differ; from 5 minutes on no token is accepted."""

# What Entra answers when it gives no token, and what to do. Most are the same two or three mistakes.
TOKEN_REMEDIES = {
    7000215: (
        "the client secret is wrong",
        (
            "Often the secret's id was pasted in place of its value. Entra, App registrations, your bot, "
            "Certificates & secrets: make a new secret and copy the column 'Value' to MicrosoftAppPassword."
        ),
    ),
    7000222: (
        "the client secret has expired",
        (
            "Entra, App registrations, your bot, Certificates & secrets: make a new one, put its value in "
            "MicrosoftAppPassword, and restart."
        ),
    ),
    700016: (
        "the application does not exist in this tenant",
        (
            "MicrosoftAppId or MicrosoftAppTenantId is of another registration, or the bot is SingleTenant and "
            "MicrosoftAppType says MultiTenant. All three are in the Azure portal: your Azure Bot, Configuration."
        ),
    ),
    90002: (
        "the tenant does not exist",
        "MicrosoftAppTenantId is wrong: Entra, Overview, 'Tenant ID'.",
    ),
    900023: (
        "the tenant id is not one",
        "MicrosoftAppTenantId is wrong: Entra, Overview, 'Tenant ID'.",
    ),
    7000229: (
        "the application has no service principal in this tenant",
        "Entra, Enterprise applications: the bot is not there. Make it: az ad sp create --id MicrosoftAppId.",
    ),
    53003: (
        "conditional access blocks the bot",
        "Ask the administrator of Entra to leave this application out of the policy for workload identities.",
    ),
}
PROXY_REMEDY = (
    "Outgoing https must be allowed to {host}; a proxy in between must be in HTTPS_PROXY "
    "and its certificate trusted here."
)


async def token(acquire: Acquire) -> Finding:
    """Whether Entra gives us a token, and what its answer means when it does not."""
    try:
        answer: dict[str, Any] = await asyncio.to_thread(acquire)
    except Exception as error:  # noqa: BLE001 - msal raises what its HTTP client raises
        return Finding(
            "token",
            "broken",
            f"Entra was not reached ({type(error).__name__})",
            PROXY_REMEDY.format(host="login.microsoftonline.com")
            + " With UserAssignedMSI: this machine must be in Azure and carry that identity.",
        )
    if "access_token" in answer:
        return Finding("token", "ok", "Entra gave one")
    codes = [code for code in answer.get("error_codes") or () if isinstance(code, int)]
    for code in codes:
        if code in TOKEN_REMEDIES:
            detail, remedy = TOKEN_REMEDIES[code]
            return Finding("token", "broken", f"{detail} (AADSTS{code})", remedy)
    known = f"AADSTS{codes[0]}" if codes else str(answer.get("error", "no reason given"))[:60]
    return Finding(
        "token",
        "broken",
        f"Entra refuses: {known}",
        f"Look it up at https://login.microsoftonline.com/error (code {known.removeprefix('AADSTS')}).",
    )


async def keys(
    session: aiohttp.ClientSession, metadata: str, clock: Clock
) -> AsyncIterator[Finding]:
    """Whether the channel's signing keys can be fetched, and what its clock says of ours."""
    try:
        async with session.get(metadata, timeout=TIMEOUT, raise_for_status=True) as response:
            date = response.headers.get("Date")
            document = json.loads(await response.read())
        async with session.get(
            document["jwks_uri"], timeout=TIMEOUT, raise_for_status=True
        ) as response:
            count = len(json.loads(await response.read())["keys"])
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
        remedy = PROXY_REMEDY.format(host="login.botframework.com")
        yield Finding("signing keys", "broken", f"not fetched ({why(error)})", remedy)
        return
    yield Finding("signing keys", "ok", f"{count} keys of the channel")
    if date:
        yield clock_skew(parsedate_to_datetime(date), clock())


def clock_skew(theirs: datetime, ours: datetime) -> Finding:
    """How far our clock is from Microsoft's."""
    skew = (ours - theirs).total_seconds()
    detail = f"{abs(skew):.0f} s {'fast' if skew > 0 else 'slow'}"
    remedy = "Let the machine set its clock by itself (systemd-timesyncd, chrony)."
    if abs(skew) > SKEW_BROKEN:
        return Finding("clock", "broken", f"{detail}; tokens are refused", remedy)
    if abs(skew) > SKEW_WARNING:
        return Finding("clock", "warning", detail, remedy)
    return Finding("clock", "ok", detail)


async def reachable(session: aiohttp.ClientSession, connector: str) -> Finding:
    """Whether replies can get out: any answer will do."""
    try:
        async with session.head(connector, timeout=TIMEOUT, allow_redirects=False):
            return Finding("connector", "ok", "reached")
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding(
            "connector",
            "broken",
            f"not reached ({why(error)}); the bot hears, but cannot answer",
            PROXY_REMEDY.format(host="smba.trafficmanager.net"),
        )
