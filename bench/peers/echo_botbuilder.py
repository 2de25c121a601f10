"""An echo bot on unmodified botbuilder 4.17.1, as its samples are written."""

import os
import sys

import names

names.redirect()

from aiohttp import web
from botbuilder.core import ActivityHandler
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication


class Config:
    APP_ID = os.environ.get("MicrosoftAppId", "")
    APP_PASSWORD = os.environ.get("MicrosoftAppPassword", "")
    APP_TYPE = "SingleTenant" if APP_ID else "MultiTenant"
    APP_TENANTID = os.environ.get("MicrosoftAppTenantId", "")


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context):
        await turn_context.send_activity("echo: " + (turn_context.activity.text or ""))


async def on_error(_, error):
    print("error", type(error).__name__, str(error)[:200], file=sys.stderr, flush=True)


ADAPTER = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config()))
ADAPTER.on_turn_error = on_error
BOT = Echo()


async def messages(request):
    return await ADAPTER.process(request, BOT)


app = web.Application()
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
