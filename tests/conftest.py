"""Fixtures: the outside world as a stand-in, and the whole house over loopback."""

import contextlib
import dataclasses
import os
import shutil
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

import app as front_door
from bot import web
from bot.content.encoder import load_encoder
from bot.content.files import parse, read_files
from bot.content.live import LiveContent, read_texts
from bot.content.load import VECTORS
from bot.settings import read
from tests.support import ROOT
from tests.support.certificates import certificate as made_certificate
from tests.support.teams import StandIn, activity

# The machine's own certificates and proxies would come before the stand-in's.
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(name, None)
    os.environ.pop(name.lower(), None)


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now=datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        self.now = now

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def standin():
    with StandIn() as outside:
        yield outside


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return made_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def world(certificate):
    """The outside world of production: Microsoft's names, TLS, a token service."""
    with StandIn(certificate) as outside:
        yield outside


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


LEARNED = ROOT / "data" / "learned-by-tests"


@pytest.fixture(scope="session")
def learned():
    """What the search learns from the shipped content, once for all tests; kept for the next run."""
    live = LiveContent(
        read_texts(ROOT, read({}, {}, ROOT)), "", LEARNED, load_encoder(LEARNED, VECTORS)
    )
    live.build(parse(read_files(ROOT / "faq" / "content")[0])[0])
    return LEARNED


@pytest.fixture
def settings(tmp_path, learned):
    leave = shutil.ignore_patterns("vectors*")
    shutil.copytree(learned, tmp_path / "data" / "learned", ignore=leave)
    environment = {
        "DATABASE_PATH": str(tmp_path / "data" / "bot.sqlite3"),
        "CONTACT": "Sanne (cop@example.nl)",
    }
    return dataclasses.replace(read(environment, {}, ROOT), port=0)


@pytest.fixture
async def talk(settings, clock, standin):
    async with housed(settings, clock, standin) as talk:
        yield talk


@pytest.fixture(scope="session")
def trained():
    """The shipped content with the real search; what it learned is kept for the next run."""
    return _house(ROOT / "faq" / "content")


@pytest.fixture(scope="session")
def resting(tmp_path_factory):
    """A house whose content is refused and that kept none."""
    return _house(tmp_path_factory.mktemp("empty"))


def _house(content):
    settings = read({"CONTACT": "Sanne (cop@example.nl)"}, {}, ROOT)
    live = LiveContent(read_texts(ROOT, settings), "", LEARNED, load_encoder(LEARNED, VECTORS))
    live.build(parse(read_files(content)[0])[0])
    return live.context()
