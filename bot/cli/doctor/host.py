"""This host: its settings, content, database and time zones, and the bot that runs on it."""

import json
import os
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp

from bot.cli.doctor.finding import TIMEOUT, Finding, why
from bot.content.reading import parse, read_files
from bot.settings import Settings
from bot.store.database import check_usable
from bot.store.file import UnusableDatabaseError
from faq.errors import errors

FREE_MIN = 200 * 2**20
"""Bytes of free space below which the database may soon be full."""


def mode(settings: Settings) -> Finding:
    """Whether anybody in Teams can be answered with these settings."""
    if settings.local:
        return Finding(
            "settings",
            "warning",
            "MicrosoftAppId is empty, so this is the local mode: nobody in Teams can reach the bot",
            "For Teams: set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId (docs/install.md).",
        )
    return Finding("settings", "ok", f"{settings.app_type}, {settings.app_id}")


def content(folder: Path) -> Finding:
    """Whether the organiser's files would be accepted."""
    raw, problems = read_files(folder)
    parsed, more = parse(raw)
    mistakes = errors(problems + more)
    if mistakes:
        return Finding(
            "content",
            "broken",
            f"{len(mistakes)} mistakes in {folder}; the last good files stay in use, if there were any",
            "python app.py check says which, where, and how to mend each.",
        )
    return Finding("content", "ok", f"{len(parsed.knowledge.entries)} answers")


def zone() -> Finding:
    """Whether the time zones are known: reminders are sent at local times."""
    try:
        ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        return Finding("time zone", "broken", "Europe/Amsterdam is unknown", "pip install tzdata")
    return Finding("time zone", "ok", "Europe/Amsterdam is known")


def database(path: Path) -> Finding:
    """Whether the database can be used; nothing is created or changed."""
    folder = next(parent for parent in path.parents if parent.exists())
    read_only = [p for p in (folder, path) if p.exists() and not os.access(p, os.W_OK)]
    if read_only:
        return Finding(
            "database",
            "broken",
            f"{read_only[0]} cannot be written; the bot answers, but keeps no subscriptions and sends no reminders",
            "Give the user that runs the bot the right to write there, or mount the volume for writing.",
        )
    if not path.exists():
        return Finding("database", "ok", f"{path} will be made at the first start")
    try:
        check_usable(path)
    except UnusableDatabaseError as error:
        return Finding("database", "broken", str(error), "docs/operate.md says how to restore.")
    free = shutil.disk_usage(folder).free
    if free < FREE_MIN:
        remedy = "Make room: a full disk stops reminders and subscriptions."
        return Finding("database", "warning", f"only {free // 2**20} MB free", remedy)
    return Finding("database", "ok", f"{path} is healthy")


async def running(settings: Settings) -> Finding:
    """Whether the bot runs on this machine, and what it says of itself."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "localhost") else settings.host  # noqa: S104 - not bound, compared
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    try:
        # A session of its own: this machine must not be reached through a proxy.
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.get(f"{url}/readyz") as response,
        ):
            readiness = json.loads(await response.read())
            failing = {name: readiness["parts"][name] for name in readiness["failing"]}
    except aiohttp.ClientConnectorError:
        return Finding(
            "bot",
            "broken",
            f"not running at {url}",
            "Start it: python app.py serve, or its service.",
        )
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
        remedy = f"Something else listens on port {settings.port}; choose another PORT."
        return Finding("bot", "broken", f"{url} is not this bot ({why(error)})", remedy)
    if failing:
        details = "; ".join(f"{part}: {detail}" for part, detail in failing.items())
        return Finding("bot", "warning", details, f"{url}/readyz and its log say more.")
    return Finding("bot", "ok", f"runs at {url}, ready")
