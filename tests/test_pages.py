"""A page is made once for all who ask together, and for strangers at most once a second."""

import asyncio

import aiohttp
import pytest

from bot import pages, web
from bot.health import Health
from bot.page import Page
from bot.pages import MadeOnce

STRANGER = {"X-Forwarded-For": "1.2.3.4"}


class Counting:
    def __init__(self, made):
        self.made, self.times, self.go = made, 0, asyncio.Event()
        self.go.set()

    async def __call__(self):
        self.times += 1
        await self.go.wait()
        if isinstance(self.made, Exception):
            raise self.made
        return self.made


async def get(session, url, **headers):
    async with session.get(url, headers=headers) as response:
        await response.read()
        return response.status


@pytest.mark.parametrize("path", ["/readyz", "/page"])
async def test_a_flood_of_strangers_makes_it_once_and_the_operator_gets_it_fresh(path):
    page, health = Counting(Page(b"x", "text/plain")), Counting({"store": Health(ok=True)})
    counting = {"/readyz": health, "/page": page}[path]
    app = web.application(post={}, get={"/page": pages.page(page)}, ready=health)
    async with web.listening(app, "127.0.0.1", 0) as url, aiohttp.ClientSession() as session:
        for _ in range(30):
            assert await get(session, url + path, **STRANGER) == 200
        strangers = counting.times
        for _ in range(3):
            assert await get(session, url + path) == 200

    assert strangers <= 2
    assert counting.times == strangers + 3


async def test_who_asks_together_waits_for_one():
    counting = Counting("x")
    counting.go.clear()
    made = MadeOnce(counting)
    asked = [asyncio.create_task(made.get(stranger=False)) for _ in range(20)]
    await asyncio.sleep(0)
    asked[0].cancel()
    counting.go.set()

    assert await asyncio.gather(*asked[1:]) == ["x"] * 19
    assert counting.times == 1


async def test_what_broke_is_made_again():
    counting = Counting(OSError("x"))
    made = MadeOnce(counting)
    for _ in range(2):
        with pytest.raises(OSError, match="x"):
            await made.get(stranger=True)
    counting.made = "x"

    assert await made.get(stranger=True) == "x"
