"""With broken content, or a database that cannot be written, the bot starts, answers, and says what does not work."""

import asyncio
import threading

import pytest

from bot.cli.host import Externals
from bot.content.encoder import SentenceEncoder, load_encoder
from bot.store.database import open_database
from bot.store.file import UnusableDatabaseError, UnwritableDatabaseError
from tests.support.bot import bot_over_http
from tests.support.content import write_content
from tests.support.process import ask, ready, served
from tests.support.teams import activity


@pytest.fixture
def shut(settings):
    """A database that breaks in a running bot."""

    def break_it():
        database = open_database(settings.database_path)
        database.execute("drop table conversations")
        database.close()

    return break_it


async def test_questions_and_help_are_answered_when_the_database_breaks(client, shut):
    shut()

    answer = await client.say("Hoe lang is een certificaat geldig?")
    helped = await client.say("help")

    assert "drie jaar" in answer["fallbackText"].casefold()
    assert "Dit kan ik voor je doen" in helped["fallbackText"]
    assert "werkt even niet" in helped["fallbackText"]


async def test_stop_says_that_it_is_not_recorded_and_that_nothing_is_sent(client, shut):
    shut()

    card = await client.say("stop")

    assert "Dat kan ik nu niet opslaan" in card["fallbackText"]
    assert "stuur ik geen herinneringen" in card["fallbackText"]


@pytest.mark.parametrize(
    "command", ["aanmelden", "pauze tot 1 september", "mijn abonnement", "mijn gegevens", "English"]
)
async def test_nothing_is_promised_that_cannot_be_kept(client, shut, command):
    shut()

    card = await client.say(command)

    assert card["body"][0]["text"] in ("Dat kan ik nu niet opslaan", "I cannot save that now")


async def test_what_nobody_can_answer_is_still_admitted(client, shut):
    shut()

    assert "weet ik niet" in (await client.say("blorp zwiebel kwantum 12"))["fallbackText"]


async def test_events_without_words_break_nothing(client, shut):
    shut()
    bot = [{"id": "28:bot"}]
    for body in (
        {"type": "conversationUpdate", "membersAdded": bot},
        {"type": "conversationUpdate", "membersRemoved": bot},
        {"type": "messageReaction"},
    ):
        status, _ = await client.post(activity(client.microsoft.url) | body)
        assert status == 202
    assert client.microsoft.sent == []


async def test_readyz_and_metrics_say_so_and_stay_up(client, shut):
    shut()

    status, ready = await client.get("/readyz")
    async with client.session.get(client.url + "/metrics") as response:
        shown = await response.text()

    assert status == 503
    assert "not writable" in ready["parts"]["store"]
    assert ready["parts"]["content"].startswith("ok")
    assert (response.status, "ladderbot_pulse_age_seconds" in shown) == (200, True)


@pytest.mark.parametrize("exists", [True, False], ids=["a read-only file", "a read-only folder"])
def test_it_starts_with_a_database_that_cannot_be_written(tmp_path, exists):
    folder = tmp_path
    content = write_content(folder / "content")
    (folder / "data").mkdir()
    if exists:
        open_database(folder / "data" / "bot.sqlite3").close()
        (folder / "data" / "bot.sqlite3").chmod(0o444)
    (folder / "data").chmod(0o555)
    before = sorted(path.name for path in (folder / "data").iterdir())

    with served(folder / "data" / "bot.sqlite3", content, unprivileged=True) as bot:
        service = "http://127.0.0.1:9"
        assert "Drie jaar." in ask(bot.url, service, "Hoe lang is een certificaat geldig?")
        assert "werkt even niet" in ask(bot.url, service, "help")
        assert "niet opslaan" in ask(bot.url, service, "stop")
        status, parts = ready(bot.url)

    assert (status, "not writable" in parts["store"]) == (503, True)
    assert any("cannot be" in line["message"] for line in bot.log if line["level"] == "error")
    (folder / "data").chmod(0o755)
    assert sorted(path.name for path in (folder / "data").iterdir()) == before


def test_a_file_that_must_not_be_touched_still_stops_the_start(tmp_path):
    file = tmp_path / "bot.sqlite3"
    file.write_bytes(b"this is a text, and no database")

    with pytest.raises(UnusableDatabaseError) as caught:
        open_database(file)
    assert not isinstance(caught.value, UnwritableDatabaseError)


async def test_with_broken_content_help_and_stop_work_and_say_what_does_not(
    settings, clock, microsoft, tmp_path
):
    """A first start with a typing error in every file: there is no last good state."""
    import dataclasses

    (tmp_path / "content" / "faq").mkdir(parents=True)
    (tmp_path / "content" / "faq" / "a.toml").write_text("[[entry\n", "utf-8")
    (tmp_path / "content" / "meetings.toml").write_text("= =\n", "utf-8")
    broken = dataclasses.replace(settings, content_dir=tmp_path / "content")
    async with bot_over_http(broken, clock, microsoft) as client:
        helped = await client.say("help")
        stopped = await client.say("stop")
        asked = await client.say("Hoe lang is een certificaat geldig?")
        status, parts = await client.get("/readyz")

    assert "bijgewerkt" in helped["fallbackText"]
    assert "Dit kan ik voor je doen" in helped["fallbackText"]
    assert "Herinneringen uit" in stopped["fallbackText"]
    assert "nu geen vragen" in asked["fallbackText"]
    assert (status, parts["parts"]["content"]) == (503, "no usable content")


async def test_a_broken_encoder_is_noticed_soon_after_the_start(
    settings, clock, microsoft, tmp_path, caplog
):
    """Its weights are read after the first answers, without anybody asking for them."""

    tried = threading.Event()

    def broken():
        tried.set()
        raise OSError("no weights")

    name = load_encoder(tmp_path, None).name  # so that what was learned with it is used again
    encoder = SentenceEncoder(broken, name, cache=tmp_path, shipped=None)
    externals = Externals(encoder=lambda _: encoder, warm_after=0.05)
    async with bot_over_http(settings, clock, microsoft, externals=externals) as client:
        assert await asyncio.to_thread(tried.wait, 20)
        card = await client.say("Hoe lang is een certificaat geldig?")

    assert "drie jaar" in card["fallbackText"].casefold()
    assert "used no more" in caplog.text
