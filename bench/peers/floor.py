"""The floor: an aiohttp handler that only posts a fixed card to the connector; no authentication, no search, no store."""

import json
import os

import names

names.redirect()

import aiohttp
from aiohttp import web

CARD = {
    "type": "message",
    "attachments": [
        {
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {
                "type": "AdaptiveCard",
                "version": "1.5",
                "body": [{"type": "TextBlock", "text": "x" * 800, "wrap": True}],
            },
        }
    ],
}


async def session(app):
    async with aiohttp.ClientSession() as app["session"]:
        yield


async def messages(request):
    activity = await request.json()
    url = f"{activity['serviceUrl'].rstrip('/')}/v3/conversations/{activity['conversation']['id']}/activities"
    async with request.app["session"].post(url, json=CARD) as response:
        await response.read()
    return web.Response(status=202)


app = web.Application()
app.router.add_post("/api/messages", messages)
app.cleanup_ctx.append(session)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
