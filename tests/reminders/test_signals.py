"""A real process that is told to stop, or stopped and continued, while a slow connector has reminders in its hands."""

import json
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.request import Request, urlopen

import pytest

from bot.store.database import open_database
from tests.support.content import write_content
from tests.support.process import start_bot
from tests.support.reminders import one_meeting, subscribe_all
from tests.support.teams import TENANT, activity

pytestmark = pytest.mark.slow
NUMBER = 40


@pytest.fixture
def fanout(tmp_path, microsoft):
    """Starts the bot, whose reminder is due for many; `arrived` counts who got it."""
    meetings = one_meeting(datetime.now(UTC) + timedelta(minutes=30))
    content = write_content(tmp_path / "content", meetings=meetings, learned=tmp_path / "learned")
    path, arrived = tmp_path / "bot.sqlite3", Counter()
    subscribe_all(path, microsoft.url, [f"a:{number:02}" for number in range(NUMBER)])

    def count(method, where, _):
        if method == "POST":
            arrived[where.split("/")[3]] += 1

    microsoft.fault = count
    started = []

    def bot():
        served = start_bot(path, content)
        started.append(served.process)
        return served

    def start():
        return bot().process

    start.bot, start.arrived, start.path = bot, arrived, path
    yield start
    for process in started:
        process.kill()
        process.wait()


def rows(path):
    database = open_database(path)
    states = Counter(
        (row["state"], row["doubts"]) for row in database.query("select * from outbox")
    )
    database.close()
    return states


def until(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


def test_what_a_slow_connector_has_in_its_hands_is_finished_before_the_end(fanout, microsoft):
    microsoft.delay = 7.0
    process = fanout()
    until(lambda: sum(microsoft.under_way.values()) >= 20)

    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status = process.wait(15)

    assert (status, time.monotonic() - began < 10) == (0, True)
    states = rows(fanout.path)
    assert states[("sent", 0)] == sum(fanout.arrived.values()) >= 20
    assert set(states) <= {("sent", 0), ("planned", 0)}
    microsoft.delay = 0.0
    fanout()
    until(lambda: len(fanout.arrived) == NUMBER)
    assert set(fanout.arrived.values()) == {1}


def test_who_was_stopped_and_goes_on_reads_what_came_meanwhile(fanout, microsoft):
    """Longer than a send may take: every timer has run out when it goes on."""
    microsoft.delay = 1.0
    process = fanout()
    until(lambda: sum(microsoft.under_way.values()) >= 10)
    process.send_signal(signal.SIGSTOP)
    time.sleep(65.0)
    microsoft.delay = 0.0

    process.send_signal(signal.SIGCONT)
    until(lambda: rows(fanout.path) == {("sent", 0): NUMBER})

    assert len(fanout.arrived) == NUMBER
    assert set(fanout.arrived.values()) == {1}


def say(url, service_url, name, text):
    body = activity(service_url, text) | {
        "from": {"id": f"29:{name}", "name": name},
        "conversation": {"id": name, "conversationType": "personal", "tenantId": TENANT},
    }
    request = Request(
        url + "/api/messages", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=30) as response:
        assert response.status == 202


@pytest.mark.parametrize("wish", ["stop", "pauze 3 weken"])
def test_who_stops_or_pauses_in_a_fan_out_gets_nothing_after_the_answer(fanout, microsoft, wish):
    """What was under way already arrives before the answer; what was due before is not sent afterwards."""
    microsoft.delay = 0.3
    bot = fanout.bot().wait()
    names = [f"a:{number:02}" for number in range(NUMBER)]
    chance = random.Random(7)  # noqa: S311 - who, and when
    chance.shuffle(names)
    until(lambda: sum(fanout.arrived.values()) >= 1)
    for name in names[: NUMBER // 2]:
        say(bot.url, microsoft.url, name, wish)
        time.sleep(chance.random() / 20)
    until(lambda: sum(rows(fanout.path)[state] for state in (("planned", 0), ("sending", 0))) == 0)

    order = {}
    for _, path, body, _ in microsoft.sent:
        if body.get("attachments"):
            order.setdefault(path.split("/")[3], []).append(body["summary"])
    wished = [order[name] for name in names[: NUMBER // 2]]
    answer, before = {cards[-1] for cards in wished}, [cards[:-1] for cards in wished]
    assert len(answer) == 1, "the answer comes last"
    assert [cards for cards in before if len(cards) > 1 or answer & set(cards)] == []
    others = [order[name] for name in names[NUMBER // 2 :]]
    assert {len(cards) for cards in others} == {1}
    assert not answer & {card for (card,) in others}
