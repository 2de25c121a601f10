"""The bot in a terminal: a Bot Framework client and connector in one, that talks to the host over HTTP."""

import asyncio
import itertools
import re
import shutil
import sys
import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TextIO

import aiohttp
from aiohttp import web

from bot.clock import system_clock
from bot.teams.cards import SAYS, actions, adaptive, unmarked
from dialogs.values import Card

ME, BOT = "29:console", "28:ladderbot"
CONVERSATION = "a:console"
WIDTH = 88
_LINK = re.compile(r"\[([^\]]+) ↗\]\(([^)]+)\)")


async def talk(url: str, lines: TextIO, out: TextIO) -> int:
    """Send every line of `lines` as a message and draw what the bot posts; 0 at the end of input.

    In a terminal the bot says hello first, and a number presses the button that carries it.
    """
    live = lines.isatty()
    screen = _Screen(out, live=live)
    async with _connector(screen) as service_url, aiohttp.ClientSession() as session:
        send = _Sender(session, url, service_url)
        if live:
            out.write("Typ je vraag. Einde: Ctrl-D.\n")
            await send.installed()
        while True:
            screen.prompt()
            line = await asyncio.to_thread(lines.readline)
            screen.waits = False
            if not line:
                break
            text = line.rstrip("\r\n")
            if not text.strip() and live:
                continue
            if not live:
                out.write(f"> {text}\n")
            status = await send.message(screen.pressed(text))
            if status >= 300:
                out.write(f"ladderbot: de host antwoordde met status {status}.\n")
                return 1
    if live:
        out.write("\n")
    return 0


class _Sender:
    """Posts activities to the host as the Bot Framework does."""

    def __init__(self, session: aiohttp.ClientSession, url: str, service_url: str) -> None:
        self._session, self._url, self._service = session, url + "/api/messages", service_url
        self._numbers = itertools.count(1)

    async def message(self, text: str) -> int:
        return await self._post({"type": "message", "text": text, "textFormat": "plain"})

    async def installed(self) -> int:
        return await self._post({"type": "installationUpdate", "action": "add"})

    async def _post(self, activity: dict[str, Any]) -> int:
        now = system_clock()
        body = {
            "id": f"{now.timestamp():.6f}-{next(self._numbers)}",
            "timestamp": now.isoformat(),
            "channelId": "msteams",
            "serviceUrl": self._service,
            "locale": "nl-NL",
            "from": {"id": ME, "name": "Console"},
            "recipient": {"id": BOT, "name": "Ladderbot"},
            "conversation": {"id": CONVERSATION, "conversationType": "personal"},
            "channelData": {},
            **activity,
        }
        async with self._session.post(self._url, json=body) as response:
            return response.status


class _Screen:
    """Draws the cards that arrive, and knows which buttons the last one had."""

    def __init__(self, out: TextIO, *, live: bool) -> None:
        self._out, self._live = out, live
        self._says: list[str] = []
        self.waits = False
        """Whether the prompt stands there, for somebody to type behind it."""

    def prompt(self) -> None:
        """Ask for the next line."""
        if self._live:
            self._out.write("\n> ")
            self._out.flush()
        self.waits = self._live

    def pressed(self, text: str) -> str:
        """What a number stands for, when the last card had that many buttons."""
        if self._live and text.strip().isdigit() and 0 < int(text) <= len(self._says):
            return self._says[int(text) - 1]
        return text

    def show(self, activity: dict[str, Any]) -> None:
        """Draw the activity's card; what comes by itself while the prompt stands there pushes it down."""
        if self.waits:
            self._out.write("\n")
        for attachment in activity.get("attachments") or []:
            card = attachment.get("content", {})
            self._says = [a.get("data", {}).get(SAYS, "") for a in actions(card)]
            self._out.write(drawn_json(card, numbered=self._live) + "\n\n")
        if not activity.get("attachments") and activity.get("text"):
            self._out.write(activity["text"] + "\n\n")
        if self.waits:
            self._out.write("> ")
        self._out.flush()


@asynccontextmanager
async def _connector(screen: _Screen) -> AsyncIterator[str]:
    """A connector on loopback that draws what the bot posts; its address."""
    numbers = itertools.count(1)

    async def take(request: web.Request) -> web.Response:
        activity = await request.json()
        if activity.get("type") == "message":
            screen.show(activity)
        return web.json_response({"id": request.match_info.get("activity") or str(next(numbers))})

    app = web.Application(client_max_size=2**20)
    app.router.add_post("/v3/conversations/{conversation}/activities", take)
    app.router.add_post("/v3/conversations/{conversation}/activities/{activity}", take)
    app.router.add_put("/v3/conversations/{conversation}/activities/{activity}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def drawn(card: Card) -> str:
    """A card as the terminal shows it."""
    return drawn_json(adaptive(card), numbered=False)


def drawn_json(card: dict[str, Any], *, numbered: bool) -> str:
    """An Adaptive Card of ours as the terminal shows it: plain text, each source on a line of its own."""
    # In a pipe always the same, so that what is shown in the README is what comes out.
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if numbered else WIDTH
    width = min(WIDTH, columns) - 2
    lines: list[str] = []
    for element in card.get("body", []):
        if element.get("type") == "FactSet":
            for fact in element["facts"]:
                lines += _wrapped(f"{fact['title']}: {fact['value']}", width)
        for paragraph in _LINK.sub(r"\n↗ \1: \2\n", element.get("text", "")).split("\n"):
            if paragraph.strip(" ·"):
                lines += _wrapped(unmarked(paragraph), width)
    lines += [
        f"{number}) {action['title']}" if numbered else f"[{action['title']}]"
        for number, action in enumerate(actions(card), start=1)
    ]
    return "\n".join(f"| {line}".rstrip() for line in lines)


def _wrapped(paragraph: str, width: int) -> list[str]:
    hang = "  " if paragraph.startswith(("- ", "↗ ")) else ""
    return textwrap.wrap(
        paragraph, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )


if sys.platform == "win32":  # pragma: no cover - the terminal of Windows needs to be told
    sys.stdout.reconfigure(encoding="utf-8")
