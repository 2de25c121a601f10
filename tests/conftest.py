"""Fixtures: the outside world as a stand-in, and the whole house over loopback."""

import dataclasses
import os
import shutil

import pytest

from bot.settings import read
from tests.support import ROOT
from tests.support.bot import housed
from tests.support.certificates import certificate as made_certificate
from tests.support.clock import Clock
from tests.support.content import CONTACT, LEARNED, live_content, live_shipped_content
from tests.support.teams import StandIn

# The machine's own certificates and proxies would come before the stand-in's.
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(name, None)
    os.environ.pop(name.lower(), None)


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
async def talk(settings, clock, standin):
    async with housed(settings, clock, standin) as talk:
        yield talk


@pytest.fixture(scope="session")
def trained():
    """The shipped content with the real search."""
    return live_shipped_content().context()


@pytest.fixture(scope="session")
def resting():
    """What dialogs see of a bot whose content is refused and that kept none."""
    return live_content().context()
