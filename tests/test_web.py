"""The HTTP host: routes are handed in, and what makes a page knows no HTTP."""

import subprocess
import sys

import aiohttp
from aiohttp.web import Response

from bot import web
from tests.support import ROOT


async def test_every_channel_has_an_endpoint_of_its_own():
    async def teams(_):
        return Response(text="teams")

    async def other(_):
        return Response(text="other")

    async def ready():
        return {}

    app = web.application(post={"/api/messages": teams, "/api/other": other}, get={}, ready=ready)
    async with (
        web.listening(app, "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/api/messages") as first,
        session.post(f"{url}/api/other") as second,
    ):
        assert (await first.text(), await second.text()) == ("teams", "other")


def test_metrics_and_reminders_load_no_http():
    script = (
        "import sys, bot.metrics, bot.reminders.service; "
        "print([name for name in sys.modules if name.startswith('aiohttp')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
