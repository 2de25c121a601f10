"""An echo bot on the Microsoft 365 Agents SDK, with its ActivityHandler."""

import logging
import os
import sys

import names

names.redirect()

from aiohttp import web
from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler, AgentAuthConfiguration

logging.disable(logging.WARNING)
APP_ID = os.environ.get("MicrosoftAppId")


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context):
        await turn_context.send_activity("echo: " + (turn_context.activity.text or ""))


async def on_error(_, error):
    print("error", type(error).__name__, str(error)[:200], file=sys.stderr, flush=True)


CONFIG = AgentAuthConfiguration(
    client_id=APP_ID,
    client_secret=os.environ.get("MicrosoftAppPassword"),
    tenant_id=os.environ.get("MicrosoftAppTenantId"),
    anonymous_allowed=not APP_ID,
    connection_name="SERVICE_CONNECTION",
)
MANAGER = MsalConnectionManager(connections_configurations={"SERVICE_CONNECTION": CONFIG})
ADAPTER = CloudAdapter(connection_manager=MANAGER)
ADAPTER.on_turn_error = on_error
BOT = Echo()


async def messages(request):
    return await ADAPTER.process(request, BOT)


app = web.Application(middlewares=[jwt_authorization_middleware])
app["agent_configuration"] = CONFIG
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
