"""The endpoint over HTTP: once, whatever breaks inside, and clients that are not Teams."""

import asyncio
import contextlib
import json
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest

from bot import web
from bot.teams import sdk as teams
from bot.teams.auth import Authenticator
from bot.teams.endpoint import MessagesEndpoint
from bot.teams.keys import SigningKeys
from bot.turns import NORMAL, Turns
from dialogs.values import Card
from tests.support.bot import Talk, bare, housed
from tests.support.channel import Limiter, MemoryChannel
from tests.support.teams import activity


@pytest.fixture
async def local(tmp_path, clock, standin):
    async with housed(bare(tmp_path), clock, standin) as talk:
        yield talk


# Once.


async def test_an_activity_that_is_sent_again_is_answered_once(local, standin):
    message = activity(standin.url, "help")

    answers = [await local.post(message) for _ in range(3)]

    assert answers == [(202, b"")] * 3
    assert len(standin.cards()) == 1


async def test_also_while_the_first_is_under_way(local, standin):
    standin.delay = 0.1
    message = activity(standin.url, "help")

    answers = await asyncio.gather(*(local.post(message) for _ in range(5)))

    assert answers == [(202, b"")] * 5
    assert len(standin.cards()) == 1


async def test_a_card_action_that_is_sent_again_gets_the_same_card(local, standin):
    pressed = activity(
        standin.url,
        type="invoke",
        name="adaptiveCard/action",
        value={"action": {"type": "Action.Execute", "data": {"says": "help"}}},
    )

    first, again = [await local.post(pressed) for _ in range(2)]

    assert first == again
    assert json.loads(first[1])["value"]["type"] == "AdaptiveCard"


async def test_the_same_words_again_are_another_activity(local, standin):
    for _ in range(2):
        await local.post(activity(standin.url, "help"))

    assert len(standin.cards()) == 2


# Whatever breaks inside.


class BreakingHandler:
    """Breaks with this error; `words` is whether it can still say so."""

    def __init__(self, error, *, words=True):
        self.error, self.texts = error, words

    def handle(self, _):
        raise self.error

    def failed(self, _, reference):
        if not self.texts:
            raise self.error
        return Card(language="nl", title=f"failed {len(reference)}", text="x")


@contextlib.asynccontextmanager
async def broken(tmp_path, clock, standin, handler, to_incoming=teams.to_incoming):
    settings, channel, metered = bare(tmp_path), MemoryChannel(), []
    with ThreadPoolExecutor(1) as worker:
        async with aiohttp.ClientSession() as session:
            keys = SigningKeys(session, clock)
            endpoint = MessagesEndpoint(
                authenticator=Authenticator(settings, keys, teams.RULES, clock),
                to_incoming=to_incoming,
                turns=Turns(handler, channel, worker, limiter=Limiter(), times=NORMAL),
                clock=clock,
                on_turn=lambda *what: metered.append(what[:2]),
            )
            app = web.application(endpoint.handle, dict, {})
            async with web.listening(app, "127.0.0.1", 0) as url:
                talk = Talk(session, url, standin)
                talk.channel, talk.metered = channel, metered
                yield talk


ERRORS = [RuntimeError("geheim"), PermissionError("geheim"), KeyError("geheim"), ValueError()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
async def test_an_error_of_ours_is_a_friendly_card_with_a_reference(
    tmp_path, clock, standin, caplog, error
):
    async with broken(tmp_path, clock, standin, BreakingHandler(error)) as talk:
        assert await talk.post(activity(standin.url, "geheim")) == (202, b"")

    assert [card.title for card in talk.channel.cards] == ["failed 8"]
    assert talk.metered == [("answered", "failed")]
    assert all("geheim" not in record.getMessage() for record in caplog.records)


async def test_when_even_that_breaks_there_is_no_500(tmp_path, clock, standin):
    handler = BreakingHandler(RuntimeError("geheim"), words=False)
    async with broken(tmp_path, clock, standin, handler) as talk:
        message = activity(standin.url, "hoi")

        assert await talk.post(message) == (202, b"")
    assert talk.metered == [("answered", "broken")]


async def test_an_activity_that_the_schema_chokes_on_is_400(tmp_path, clock, standin):
    async def chokes(*_):
        raise KeyError("geheim")

    async with broken(tmp_path, clock, standin, None, chokes) as talk:
        status, body = await talk.post(activity(standin.url, "hoi"))

    assert (status, b"geheim" in body) == (400, False)
    assert talk.metered == [("refused", "400")]


# Clients that are not Teams.


def of_web_chat(service_url, **more):
    """Offline Direct Line sends no recipient, no conversationType, no channelData, channelId emulator."""
    return {
        "id": more.pop("id", "w1"),
        "type": "message",
        "channelId": "emulator",
        "serviceUrl": service_url,
        "from": {"id": "dl_user", "name": "User", "role": "user"},
        "conversation": {"id": "5f1c"},
        "locale": "nl-NL",
        "localTimezone": "Europe/Amsterdam",
        "timestamp": "2026-11-24T10:00:00.000Z",
        "textFormat": "plain",
        **more,
    }


async def test_web_chat_is_answered(local, standin):
    await local.post(of_web_chat(standin.url, text="help"))

    ((_, path, body, _),) = standin.sent
    assert path == "/v3/conversations/5f1c/activities/w1"
    assert "from" not in body, "it did not say who we are"
    assert body["recipient"] == {"id": "dl_user"}


@pytest.mark.parametrize(
    "more",
    [
        {"type": "conversationUpdate", "membersAdded": [{"id": "dl_user"}]},
        {"type": "conversationUpdate", "membersAdded": [{"id": "bot"}], "from": None},
        {"type": "typing"},
        {"text": None, "value": {"says": "help"}},
        {"text": "", "attachments": [{"contentType": "image/png", "contentUrl": "x"}]},
        {"text": "<at>Ladderbot</at> help", "entities": [{"type": "mention"}]},
    ],
)
async def test_whatever_web_chat_sends(local, standin, more):
    assert await local.post(of_web_chat(standin.url, **more)) == (202, b"")


async def test_one_line_says_what_was_refused_and_why(local, standin, caplog):
    await local.post(activity("https://evil.example/geheim", "geheim"))

    (line,) = [record for record in caplog.records if record.getMessage() == "refused"]
    assert line.fields == {"status": 403, "why": "service URL is not on loopback"}
