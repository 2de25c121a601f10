"""The bot in a terminal: a Bot Framework client and connector in one, that talks to the host over HTTP."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TextIO

import aiohttp
from aiohttp import web

from bot.cli.text import adaptive_card_text
from bot.clock import system_clock
from bot.teams.cards import SUBMITTED_TEXT, presses

ME, BOT = "29:console", "28:ladderbot"
CONVERSATION = "a:console"


async def talk(url: str, lines: TextIO, out: TextIO) -> int:
    """Send every line of `lines` as a message and write what the bot posts; 0 at the end of input.

    In a terminal the bot says hello first, and a number presses the button that carries it.
    """
    interactive = lines.isatty()
    screen = _Screen(out, interactive=interactive)
    async with _connector(screen) as service_url, aiohttp.ClientSession() as session:
        client = _Client(session, url, service_url)
        if interactive:
            out.write("Typ je vraag. Einde: Ctrl-D.\n")
            await client.install()
        while True:
            screen.prompt()
            line = await asyncio.to_thread(lines.readline)
            screen.prompting = False
            if not line:
                break
            text = line.rstrip("\r\n")
            if not text.strip() and interactive:
                continue
            if not interactive:
                out.write(f"> {text}\n")
            status = await client.message(screen.pressed(text))
            if status >= 300:
                out.write(f"ladderbot: de host antwoordde met status {status}.\n")
                return 1
    if interactive:
        out.write("\n")
    return 0


class _Client:
    """Posts activities to the host as the Bot Framework does."""

    def __init__(self, session: aiohttp.ClientSession, url: str, service_url: str) -> None:
        self._session, self._url, self._service = session, url + "/api/messages", service_url
        self._numbers = itertools.count(1)

    async def message(self, text: str) -> int:
        return await self._post({"type": "message", "text": text, "textFormat": "plain"})

    async def install(self) -> int:
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
    """Writes the cards that arrive as text, and remembers which buttons the last one had."""

    def __init__(self, out: TextIO, *, interactive: bool) -> None:
        self._out, self._interactive = out, interactive
        self._submitted_texts: list[str] = []
        self.prompting = False
        """Whether the last thing written is the prompt."""

    def prompt(self) -> None:
        """Ask for the next line."""
        if self._interactive:
            self._out.write("\n> ")
            self._out.flush()
        self.prompting = self._interactive

    def pressed(self, text: str) -> str:
        """What a number stands for, when the last card had that many buttons."""
        if (
            self._interactive
            and text.strip().isdigit()
            and 0 < int(text) <= len(self._submitted_texts)
        ):
            return self._submitted_texts[int(text) - 1]
        return text

    def show(self, activity: dict[str, Any]) -> None:
        """Write the activity's card; where the prompt stands already, it is repeated below the card."""
        if self.prompting:
            self._out.write("\n")
        for attachment in activity.get("attachments") or []:
            card = attachment.get("content", {})
            self._submitted_texts = [
                a.get("data", {}).get(SUBMITTED_TEXT, "") for a in presses(card)
            ]
            self._out.write(adaptive_card_text(card, numbered=self._interactive) + "\n\n")
        if not activity.get("attachments") and activity.get("text"):
            self._out.write(activity["text"] + "\n\n")
        if self.prompting:
            self._out.write("> ")
        self._out.flush()


@asynccontextmanager
async def _connector(screen: _Screen) -> AsyncIterator[str]:
    """A connector on loopback that shows what the bot posts; its service URL."""
    numbers = itertools.count(1)

    async def receive(request: web.Request) -> web.Response:
        activity = await request.json()
        if activity.get("type") == "message":
            screen.show(activity)
        return web.json_response({"id": request.match_info.get("activity") or str(next(numbers))})

    app = web.Application(client_max_size=2**20)
    app.router.add_post("/v3/conversations/{conversation}/activities", receive)
    app.router.add_post("/v3/conversations/{conversation}/activities/{activity}", receive)
    app.router.add_put("/v3/conversations/{conversation}/activities/{activity}", receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
