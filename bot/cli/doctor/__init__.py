"""`doctor`: what can be checked from the host when the bot is silent, each with its remedy."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from bot.cli.doctor import host, microsoft, public
from bot.cli.doctor.finding import Finding
from bot.cli.doctor.rights import rights
from bot.clock import Clock
from bot.settings import Settings
from bot.teams.tokens import Acquire

CONNECTOR = "https://smba.trafficmanager.net/teams/"
"""Where replies go to; any answer from there will do."""


async def examine(
    settings: Settings,
    *,
    dotenv: Path,
    session: aiohttp.ClientSession,
    clock: Clock,
    acquire: Acquire,
    metadata: str,
    connector: str,
) -> AsyncIterator[Finding]:
    """Check everything, in the order in which things go wrong."""
    yield host.mode(settings)
    yield rights(settings, dotenv)
    yield host.content(settings.content_dir)
    yield host.database(settings.database_path)
    yield host.zone()
    if not settings.local:
        yield await microsoft.token(acquire)
        async for finding in microsoft.keys(session, metadata, clock):
            yield finding
        yield await microsoft.reachable(session, connector)
    yield await host.running(settings)
    async for finding in public.address(session, settings, clock):
        yield finding
