"""After `vergeet mij` a member's ids and questions are in no file of the bot, and nowhere in its memory."""

import asyncio
import dataclasses
import gc
import sqlite3
from collections import OrderedDict
from contextlib import closing
from datetime import timedelta

import pytest

from bot.store.database import open_database
from bot.store.erasure import empty_log
from tests.support.bot import bot_over_http
from tests.support.teams import activity

MEMBER, CONVERSATION, OBJECT = "29:Vergeten-Anna", "a:vergeten-gesprek", "00000000-1111-vergeten"
NONSENSE = "blorp zwiebel kwantum vergeten-vraag"
OURS = (MEMBER, CONVERSATION, OBJECT, "vergeten-vraag")


def said(service_url, text, **more):
    return activity(service_url, text) | {
        "from": {"id": MEMBER, "name": "Anna", "aadObjectId": OBJECT},
        "conversation": {"id": CONVERSATION, "conversationType": "personal"},
        **more,
    }


async def talk(client, *texts):
    for text in texts:
        status, _ = await client.post(said(client.service, text))
        assert status == 202


def in_files(folder):
    """What of this member stands in which file."""
    return {
        (path.name, part)
        for path in folder.rglob("*")
        if path.is_file()
        for part in OURS
        if part.encode() in path.read_bytes()
    }


def in_memory():
    """What of this member is held by something of the bot in this process, and by what kind of thing.

    What was freed may still lie in the memory of the process until something else is written there.
    """
    gc.collect()
    held = set()
    for thing in gc.get_objects():
        inside = (*thing, *thing.values()) if type(thing) in (dict, OrderedDict) else thing
        if thing is globals() or not isinstance(inside, tuple | list | set):
            continue
        for value in inside:
            text = value.decode(errors="replace") if isinstance(value, bytes) else value
            if isinstance(text, str) and len(text) < 100_000:
                held.update((part, type(thing).__name__) for part in OURS if part in text)
    return held


async def until(condition):
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.02)
    assert condition()


FORGET = ("vergeet mij", "ja, verwijder alles")


@pytest.fixture
async def client(settings, clock, microsoft):
    async with bot_over_http(settings, clock, microsoft) as client:
        yield client


@pytest.fixture
async def beating_client(settings, clock, microsoft):
    """Of a bot that beats often: it makes its backup of the day, and cleans it, soon."""
    settings = dataclasses.replace(settings, beat_seconds=0.2)
    async with bot_over_http(settings, clock, microsoft) as client:
        yield client


async def test_nothing_is_left_in_any_file_while_the_bot_runs(client, settings):
    folder = settings.database_path.parent
    await talk(client, "aanmelden", NONSENSE, "mijn gegevens", "pauze tot 1 maart", "english")
    assert {part for _, part in in_files(folder)} >= {MEMBER, CONVERSATION, "vergeten-vraag"}

    await talk(client, *FORGET)

    assert in_files(folder) == set()


async def test_the_backups_that_the_bot_made_hold_nothing_either(beating_client, settings, clock):
    client, folder = beating_client, settings.database_path.parent
    await client.say("aanmelden")
    await talk(client, "aanmelden", NONSENSE, "pauze tot 1 maart")
    made = folder / "backups" / "bot-2026-11-26.sqlite3"
    clock.now += timedelta(days=2)
    await until(made.exists)
    assert {(made.name, part) for part in OURS if part != OBJECT} <= in_files(folder)

    await talk(client, *FORGET)
    await until(lambda: not in_files(folder))

    assert made.exists()
    with closing(sqlite3.connect(made)) as copy:
        kept = copy.execute("select conversation from subscriptions").fetchall()
        assert (kept, copy.execute("pragma integrity_check").fetchall()) == (
            [("a:anna",)],
            [("ok",)],
        )


async def test_nothing_is_left_in_memory(client):
    before = in_memory()
    await talk(client, "aanmelden", NONSENSE, "mijn gegevens", "wat kost een certificaat?")
    client.microsoft.sent.clear()
    client.microsoft.under_way.clear()
    assert {part for part, _ in in_memory() - before} >= {CONVERSATION}

    await talk(client, *FORGET)
    # Of the last request on a connection the fake's own server knows the path.
    await client.say("help")
    client.microsoft.sent.clear()
    client.microsoft.under_way.clear()

    assert in_memory() - before == set()


async def test_also_where_the_bot_is_removed(client, settings):
    folder = settings.database_path.parent
    await talk(client, "aanmelden", "mijn gegevens")
    bot = {"membersRemoved": [{"id": "28:bot"}], "type": "conversationUpdate"}
    await client.post(said(client.service, None, **bot))

    assert in_files(folder) == set()


async def test_what_the_others_keep_is_kept(client, settings):
    await client.say("aanmelden")
    await talk(client, "aanmelden", NONSENSE, *FORGET)
    database = open_database(settings.database_path)
    rows = [row["conversation"] for row in database.query("select conversation from subscriptions")]
    database.close()

    assert rows == ["a:anna"]


async def test_a_reader_that_holds_the_log_is_waited_for_until_the_next_change(client, settings):
    folder = settings.database_path.parent
    await talk(client, "aanmelden")
    reader = open_database(settings.database_path)
    reader.execute("begin")
    reader.execute("select count(*) from conversations").fetchone()
    await talk(client, *FORGET)
    reader.execute("commit")
    reader.close()

    await client.say("aanmelden")
    assert in_files(folder) == set()


def test_an_empty_log_says_so(path):
    database = open_database(path)
    assert empty_log(database)
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    database.close()
