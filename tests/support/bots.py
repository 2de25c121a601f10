"""Bots that start in no time: without content, in local mode or registered as in production."""

import contextlib
import dataclasses

from bot.cli.host import Externals
from bot.settings import read
from bot.teams.tokens import acquire
from bot.turns import Times
from tests.conftest import housed
from tests.support import ROOT
from tests.support.teams import APP_ID, SERVICE, TENANT

REGISTERED = {
    "MicrosoftAppId": APP_ID,
    "MicrosoftAppPassword": "s3cret~value",
    "MicrosoftAppTenantId": TENANT,
}
QUICK = Times(reply_backoff=(0.01, 0.02))


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
