"""`doctor`: what this host can check when the bot is silent."""

import argparse
import asyncio

import aiohttp

from bot.cli import doctor
from bot.cli.command import Exit, Runtime
from bot.cli.doctor.finding import Finding
from bot.settings import BadSettingsError, Settings
from bot.teams.keys import METADATA
from bot.teams.tokens import acquire


def run(_: argparse.Namespace, runtime: Runtime) -> int:
    """Print every finding with its remedy; `UNHEALTHY` where one is broken."""
    try:
        settings = runtime.settings()
    except BadSettingsError as error:
        print(*(Finding("settings", "broken", mistake) for mistake in error.mistakes), sep="\n")
        return Exit.UNHEALTHY
    return asyncio.run(_examine(settings, runtime))


async def _examine(settings: Settings, runtime: Runtime) -> int:
    status = Exit.OK
    async with aiohttp.ClientSession(trust_env=True) as session:
        async for finding in doctor.examine(
            settings,
            dotenv=runtime.root / ".env",
            session=session,
            clock=runtime.clock,
            acquire=acquire(settings),
            metadata=METADATA,
            connector=doctor.CONNECTOR,
        ):
            print(finding, flush=True)
            if finding.state == "broken":
                status = Exit.UNHEALTHY
    print(
        "Not to be seen from here: the endpoint and the Teams channel in Azure (docs/install.md)."
    )
    return status
