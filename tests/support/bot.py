"""The whole bot in this process, over HTTP on loopback: in local mode, or registered as in production."""

import contextlib
import dataclasses

import aiohttp

import app as front_door
from bot import web
from bot.cli.host import Externals
from bot.settings import read
from bot.teams.tokens import acquire
from bot.turns import Times
from tests.support import ROOT
from tests.support.teams import SERVICE, activity

QUICK_RETRIES = Times(reply_backoff=(0.01, 0.02))


def settings_without_content(tmp_path, **environment):
    """Settings of a bot without content: it only knows its commands."""
    environment = {
        "DATABASE_PATH": str(tmp_path / "bot.sqlite3"),
        "CONTENT_DIR": str(tmp_path / "no-content"),
        **environment,
    }
    return dataclasses.replace(read(environment, {}, ROOT), port=0)


@contextlib.asynccontextmanager
async def registered_bot(settings, clock, microsoft, **externals):
    """The whole bot as in production: authentication, tokens and TLS."""
    parts = {
        "session": lambda _: microsoft.session(),
        "acquire": lambda s: acquire(
            s, authority=microsoft.authority, verify=str(microsoft.certificate)
        ),
        "times": QUICK_RETRIES,
        "time": clock.seconds,
        **externals,
    }
    async with bot_over_http(settings, clock, microsoft, externals=Externals(**parts)) as client:
        client.service = SERVICE
        yield client


class BotClient:
    """Who sends the bot what a member says, over HTTP, and reads what it posts to the fake Microsoft."""

    def __init__(self, session, url, microsoft, service=None):
        self.session, self.url, self.microsoft = session, url, microsoft
        self.service = service or microsoft.url

    async def post(self, body, **more):
        headers = {"Content-Type": "application/json", **more.pop("headers", {})}
        async with self.session.post(
            self.url + "/api/messages", json=body, headers=headers, **more
        ) as response:
            return response.status, await response.read()

    async def post_signed(self, body, token=None, **more):
        """Post as the Bot Framework does: with its token."""
        token = token or self.microsoft.token(serviceurl=self.service)
        return await self.post(body, headers={"Authorization": f"Bearer {token}"}, **more)

    async def post_raw(self, data, **headers):
        headers = {"Content-Type": "application/json", **headers}
        async with self.session.post(
            self.url + "/api/messages", data=data, headers=headers
        ) as response:
            return response.status, await response.text()

    async def say(self, text=None, **more):
        """Say something; the card that comes back, or None."""
        before = len(self.microsoft.cards())
        status, _ = await self.post(activity(self.service, text, **more))
        assert status == 202
        cards = self.microsoft.cards()[before:]
        assert len(cards) <= 1, "one message, one card"
        return cards[0] if cards else None

    async def get(self, path):
        async with self.session.get(self.url + path) as response:
            return response.status, await response.json()


@contextlib.asynccontextmanager
async def bot_over_http(settings, clock, microsoft, **parts):
    """The whole bot on a free port, and a client that talks to it."""
    async with (
        front_door.build(settings, clock=clock, **parts) as application,
        web.listening(application, "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
    ):
        yield BotClient(session, url, microsoft)
