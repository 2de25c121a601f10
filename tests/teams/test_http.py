"""The endpoint over HTTP: once, whatever breaks inside, and clients that are not Teams."""

import asyncio
import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest

from bot import web
from bot.cli.host import Externals
from bot.teams import sdk as teams
from bot.teams.auth import Authenticator
from bot.teams.endpoint import REFUSALS_LOGGED, MessagesEndpoint
from bot.teams.keys import SigningKeys
from bot.turns import NORMAL, Times, Turns
from dialogs.card import Card
from tests.support.bot import BotClient, bot_over_http, settings_without_content
from tests.support.channel import MemoryChannel, RecordingLimiter
from tests.support.teams import activity


@pytest.fixture
async def local(tmp_path, clock, microsoft):
    async with bot_over_http(settings_without_content(tmp_path), clock, microsoft) as client:
        yield client


# Once.


async def test_an_activity_that_is_sent_again_is_answered_once(local, microsoft):
    message = activity(microsoft.url, "help")

    answers = [await local.post(message) for _ in range(3)]

    assert answers == [(202, b"")] * 3
    assert len(microsoft.cards()) == 1


async def test_also_while_the_first_is_under_way(local, microsoft):
    microsoft.delay = 0.1
    message = activity(microsoft.url, "help")

    answers = await asyncio.gather(*(local.post(message) for _ in range(5)))

    assert answers == [(202, b"")] * 5
    assert len(microsoft.cards()) == 1


async def test_a_card_action_that_is_sent_again_gets_the_same_card(local, microsoft):
    pressed = activity(
        microsoft.url,
        type="invoke",
        name="adaptiveCard/action",
        value={"action": {"type": "Action.Execute", "data": {"says": "help"}}},
    )

    first, again = [await local.post(pressed) for _ in range(2)]

    assert first == again
    assert json.loads(first[1])["value"]["type"] == "AdaptiveCard"


async def test_the_same_words_again_are_another_activity(local, microsoft):
    for _ in range(2):
        await local.post(activity(microsoft.url, "help"))

    assert len(microsoft.cards()) == 2


# Whatever breaks inside.


class BreakingHandler:
    """Breaks with this error; `words` is whether it can still say so."""

    def __init__(self, error, *, words=True):
        self.error, self.texts = error, words

    def handle(self, _):
        raise self.error

    def sent(self, *_):
        pass

    def failed(self, _, reference):
        if not self.texts:
            raise self.error
        return Card(language="nl", title=f"failed {len(reference)}", text="x")


@contextlib.asynccontextmanager
async def broken(tmp_path, clock, microsoft, handler, to_incoming=teams.to_incoming):
    settings, channel, metered = settings_without_content(tmp_path), MemoryChannel(), []
    with ThreadPoolExecutor(1) as worker:
        async with aiohttp.ClientSession() as session:
            keys = SigningKeys(session, clock.seconds)
            endpoint = MessagesEndpoint(
                authenticator=Authenticator(settings, keys, teams.RULES, clock),
                to_incoming=to_incoming,
                turns=Turns(handler, channel, worker, limiter=RecordingLimiter(), times=NORMAL),
                clock=clock,
                on_turn=lambda *what: metered.append(what[:2]),
            )
            app = web.application(post={endpoint.path: endpoint.handle}, get={}, ready=dict)
            async with web.listening(app, "127.0.0.1", 0) as url:
                client = BotClient(session, url, microsoft)
                client.channel, client.metered = channel, metered
                yield client


ERRORS = [RuntimeError("geheim"), PermissionError("geheim"), KeyError("geheim"), ValueError()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
async def test_an_error_of_ours_is_a_friendly_card_with_a_reference(
    tmp_path, clock, microsoft, caplog, error
):
    async with broken(tmp_path, clock, microsoft, BreakingHandler(error)) as client:
        assert await client.post(activity(microsoft.url, "geheim")) == (202, b"")

    assert [card.title for card in client.channel.cards] == ["failed 8"]
    assert client.metered == [("answered", "failed")]
    assert all("geheim" not in record.getMessage() for record in caplog.records)


async def test_when_even_that_breaks_there_is_no_500(tmp_path, clock, microsoft):
    handler = BreakingHandler(RuntimeError("geheim"), words=False)
    async with broken(tmp_path, clock, microsoft, handler) as client:
        message = activity(microsoft.url, "hoi")

        assert await client.post(message) == (202, b"")
    assert client.metered == [("answered", "broken")]


async def test_an_activity_that_the_schema_chokes_on_is_400(tmp_path, clock, microsoft):
    async def chokes(*_):
        raise KeyError("geheim")

    async with broken(tmp_path, clock, microsoft, None, chokes) as client:
        status, body = await client.post(activity(microsoft.url, "hoi"))

    assert (status, b"geheim" in body) == (400, False)
    assert client.metered == [("refused", "400")]


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


async def test_web_chat_is_answered(local, microsoft):
    await local.post(of_web_chat(microsoft.url, text="help"))

    ((_, path, body, _),) = microsoft.sent
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
async def test_whatever_web_chat_sends(local, microsoft, more):
    assert await local.post(of_web_chat(microsoft.url, **more)) == (202, b"")


async def test_one_line_says_what_was_refused_and_why(local, microsoft, caplog):
    await local.post(activity("https://evil.example/geheim", "geheim"))

    (line,) = [record for record in caplog.records if record.getMessage() == "refused"]
    assert line.fields == {"status": 403, "reason": "service URL is not on loopback"}


async def test_a_sign_of_work_that_hangs_holds_up_the_answer_for_a_moment_only(
    tmp_path, clock, microsoft
):
    """Both go to the same conversation, in order."""
    done = asyncio.Event()

    async def hangs(_, __, body):
        if body["type"] == "typing":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), 12)

    microsoft.fault = hangs
    times = Times(typing=0.0)
    settings = settings_without_content(tmp_path)
    async with bot_over_http(
        settings, clock, microsoft, externals=Externals(times=times)
    ) as client:
        began = time.monotonic()
        assert (await client.post(activity(microsoft.url, "help")))[0] == 202

    assert len(microsoft.cards()) == 1
    assert time.monotonic() - began < 8


async def test_a_flood_of_refusals_is_not_a_flood_of_lines(local, microsoft, caplog):
    for _ in range(100):
        await local.post(activity("https://evil.example/geheim", "geheim"))
    await local.post(activity(microsoft.url, "help") | {"type": ""})

    lines = [record.fields for record in caplog.records if record.getMessage() == "refused"]
    assert len(lines) == REFUSALS_LOGGED + 1
    assert lines[-1] == {
        "status": 400,
        "reason": "type is missing",
        "left_out": 100 - REFUSALS_LOGGED,
    }
