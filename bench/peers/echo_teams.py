"""An echo bot on the Teams SDK, with the server that it ships."""

import asyncio
import logging
import os

import names

names.redirect()

from microsoft_teams.api import MessageActivity
from microsoft_teams.apps import ActivityContext, App

logging.disable(logging.WARNING)
APP_ID = os.environ.get("MicrosoftAppId")
CREDENTIALS = (
    {
        "client_id": APP_ID,
        "client_secret": os.environ["MicrosoftAppPassword"],
        "tenant_id": os.environ["MicrosoftAppTenantId"],
    }
    if APP_ID
    else {"dangerously_allow_unauthenticated_requests": True}
)
app = App(**CREDENTIALS)


@app.on_message
async def handle(context: ActivityContext[MessageActivity]):
    await context.send("echo: " + (context.activity.text or ""))


asyncio.run(app.start(int(os.environ["PORT"])))
