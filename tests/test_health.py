"""Health is a value: no reader has to look for "ok" at the start of a sentence."""

import json

import aiohttp
import pytest

from bot import web
from bot.health import Health


@pytest.mark.parametrize(
    ("health", "shown"),
    [
        (Health(ok=True), "ok"),
        (Health(ok=True, detail="86 entries"), "ok, 86 entries"),
        (Health(ok=False, detail="not writable"), "not writable"),
        (Health(ok=False, detail="ok was yesterday"), "ok was yesterday"),
    ],
)
def test_health_is_shown_as_text(health, shown):
    assert str(health) == shown


async def test_a_detail_that_begins_with_ok_does_not_make_a_part_ready():
    async def ready():
        return {"store": Health(ok=False, detail="ok was yesterday"), "keys": Health(ok=True)}

    async with (
        web.listening(web.application(post={}, get={}, ready=ready), "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/readyz") as response,
    ):
        status, body = response.status, json.loads(await response.read())

    assert status == 503
    assert body == {
        "status": "failing",
        "parts": {"store": "ok was yesterday", "keys": "ok"},
        "failing": ["store"],
    }
