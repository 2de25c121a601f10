"""Fixtures: a clock, Microsoft as a fake on loopback, content, and the whole bot over HTTP."""

import dataclasses
import os
import shutil

import pytest

from bot.settings import read
from tests.support import ROOT
from tests.support.bot import bot_over_http
from tests.support.certificates import certificate as made_certificate
from tests.support.clock import Clock
from tests.support.content import CONTACT, LEARNED, live_content, live_shipped_content
from tests.support.teams import FakeMicrosoft

# The machine's own certificates and proxies would come before the fake's.
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(name, None)
    os.environ.pop(name.lower(), None)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def microsoft():
    with FakeMicrosoft() as fake:
        yield fake


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return made_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def microsoft_tls(certificate):
    """The same with TLS, as in production: under Microsoft's names, with a token service."""
    with FakeMicrosoft(certificate) as fake:
        yield fake


@pytest.fixture(scope="session")
def learned():
    """The folder of what the search learned from the shipped content, once for all tests."""
    live_shipped_content()
    return LEARNED


@pytest.fixture
def settings(tmp_path, learned):
    leave = shutil.ignore_patterns("vectors*")
    shutil.copytree(learned, tmp_path / "data" / "learned", ignore=leave)
    environment = {
        "DATABASE_PATH": str(tmp_path / "data" / "bot.sqlite3"),
        "CONTACT": CONTACT,
    }
    return dataclasses.replace(read(environment, {}, ROOT), port=0)


@pytest.fixture
async def client(settings, clock, microsoft):
    async with bot_over_http(settings, clock, microsoft) as client:
        yield client


@pytest.fixture(scope="session")
def shipped_context():
    """The shipped content with the real search."""
    return live_shipped_content().context()


@pytest.fixture(scope="session")
def context_without_content():
    """What dialogs see of a bot whose content is refused and that kept none."""
    return live_content().context()
