"""Bots that start in no time: without content, in local mode or registered as in production."""

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

QUICK = Times(again=(0.01, 0.02))


def bare(tmp_path, **environment):
    """Settings of a bot without content: it only knows its commands."""
    environment = {
        "DATABASE_PATH": str(tmp_path / "bare.sqlite3"),
        "CONTENT_DIR": str(tmp_path / "no-content"),
        **environment,
    }
    return dataclasses.replace(read(environment, {}, ROOT), port=0)


@contextlib.asynccontextmanager
async def registered(settings, clock, world, **externals):
    """The whole bot as in production: authentication, tokens and TLS, in the stand-in's world."""
    parts = {
        "session": lambda _: world.session(),
        "acquire": lambda s: acquire(s, authority=world.authority, verify=str(world.certificate)),
        "times": QUICK,
        **externals,
    }
    async with housed(settings, clock, world, externals=Externals(**parts)) as talk:
        talk.service = SERVICE
        yield talk


class Talk:
    """One member's conversation with the whole house, over HTTP."""

    def __init__(self, session, url, standin, service=None):
        self.session, self.url, self.standin = session, url, standin
        self.service = service or standin.url

    async def post(self, body, **more):
        headers = {"Content-Type": "application/json", **more.pop("headers", {})}
        async with self.session.post(
            self.url + "/api/messages", json=body, headers=headers, **more
        ) as response:
            return response.status, await response.read()

    async def vouched(self, body, token=None, **more):
        """Post as the Bot Framework does: with its token."""
        token = token or self.standin.token(serviceurl=self.service)
        return await self.post(body, headers={"Authorization": f"Bearer {token}"}, **more)

    async def raw(self, data, **headers):
        headers = {"Content-Type": "application/json", **headers}
        async with self.session.post(
            self.url + "/api/messages", data=data, headers=headers
        ) as response:
            return response.status, await response.text()

    async def say(self, text=None, **more):
        """Say something; the card that comes back, or None."""
        before = len(self.standin.cards())
        status, _ = await self.post(activity(self.service, text, **more))
        assert status == 202
        cards = self.standin.cards()[before:]
        assert len(cards) <= 1, "one message, one card"
        return cards[0] if cards else None

    async def get(self, path):
        async with self.session.get(self.url + path) as response:
            return response.status, await response.json()


@contextlib.asynccontextmanager
async def housed(settings, clock, standin, **parts):
    """The whole house on a free port, and somebody to talk to it."""
    async with (
        front_door.build(settings, clock=clock, **parts) as application,
        web.listening(application, "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
    ):
        yield Talk(session, url, standin)
