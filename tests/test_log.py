"""Logs and metrics: one line a turn, its number, and never a word or an id of a member."""

import json
import logging
import subprocess
import sys

import pytest
from aiohttp import web

from bot import log
from tests.support import ROOT
from tests.support.teams import activity

WORDS = "zeergeheimvraagje"
IDS = (
    "29:anna",
    "a:anna",
    "Anna",
    "00000000-0000-0000-0000-000000000021",
    "99999999-8888-7777-6666-555555555555",
)


def lines(caplog):
    return [log.JsonFormatter().format(record) for record in caplog.records]


@pytest.fixture(autouse=True)
def everything(caplog):
    caplog.set_level(logging.INFO)


def _blocked():
    return web.json_response({"error": {"code": "ConversationBlockedByUser"}}, status=403)


def _html():
    return web.Response(status=502, text=f"<html>29:anna {WORDS}</html>")


def _echo():
    return web.json_response({"error": {"code": "BadArgument", "message": WORDS}}, status=400)


FAULTS = {
    "sent": lambda: None,
    "blocked": _blocked,
    "html": _html,
    "echo": _echo,
    "dropped": lambda: "drop",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_no_line_holds_a_word_or_an_id_of_a_member(client, caplog, fault):
    client.microsoft.fault = lambda *_: fault()
    url = client.microsoft.url
    for body in (
        activity(url, f"{WORDS} aan Anna?"),
        activity(url, f"meld me aan {WORDS}"),
        activity(url, type="invoke", name="composeExtension/query", value={"parameters": [WORDS]}),
        activity(url, type="invoke", name=WORDS),
        activity(url, value={WORDS: WORDS}),
        activity(url, WORDS, timestamp=WORDS),
        activity(url, WORDS, conversation=WORDS),
        activity(f"https://{WORDS}.example", WORDS),
        activity(url, type="installationUpdate", action="remove"),
    ):
        await client.post(body)
    await client.post_raw(f'{{"text": "{WORDS}')

    shown = "\n".join(lines(caplog))
    assert shown
    for secret in (WORDS, *IDS):
        assert secret not in shown


async def test_a_turn_is_one_line_with_its_number_and_what_was_done(client, caplog):
    await client.say("help")

    (line,) = [json.loads(one) for one in lines(caplog)]
    assert line["message"] == "turn"
    assert (line["outcome"], line["place"]) == ("command", "personal")
    assert line["duration_ms"] >= 0
    assert set(line) <= {
        *("time", "level", "logger", "message"),
        *("turn", "outcome", "place", "duration_ms"),
    }


async def test_two_turns_have_two_numbers(client, caplog):
    numbers = set()

    class Keep(logging.Handler):
        def emit(self, _record):
            numbers.add(log.TURN_ID.get())

    handler = Keep()
    logging.getLogger().addHandler(handler)
    await client.say("help")
    await client.say("help")
    logging.getLogger().removeHandler(handler)

    assert len(numbers) == 2
    assert "" not in numbers


def test_an_error_shows_its_kind_and_place_and_not_its_message():
    try:
        int(WORDS)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "broke", (), sys.exc_info())

    for formatter in (log.JsonFormatter(), log.PlainFormatter()):
        line = formatter.format(record)
        assert "ValueError" in line
        assert "test_log.py:" in line
        assert WORDS not in line


def test_it_is_json_when_nobody_watches(tmp_path):
    """Standard error of the process is a pipe here."""
    script = "import logging; from bot import log; log.set_up(20); logging.info('hallo')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert json.loads(done.stderr)["message"] == "hallo"


async def metrics(client):
    async with client.session.get(client.url + "/metrics") as response:
        assert response.status == 200
        return await response.text()


async def test_metrics_count_turns_by_outcome_and_hold_no_ids(client):
    await client.say("Hoe lang is een certificaat geldig?")
    await client.say("help")
    await client.say(f"{WORDS} blorp kwantum")
    await client.post_raw("{")
    shown = await metrics(client)

    assert 'ladderbot_turns_total{outcome="answer",status="answered"} 1.0' in shown
    assert 'ladderbot_turns_total{outcome="command",status="answered"} 1.0' in shown
    assert 'ladderbot_turns_total{outcome="400",status="refused"} 1.0' in shown
    for secret in (WORDS, *IDS):
        assert secret not in shown


async def test_the_latency_counts_only_what_a_member_waited_for(client):
    await client.post(activity(client.microsoft.url, type="typing"))
    await client.post(activity(client.microsoft.url, type="messageReaction"))
    await client.say("help")

    assert "ladderbot_answer_seconds_count 1.0" in await metrics(client)
    assert 'ladderbot_answer_seconds_bucket{le="2.0"} 1.0' in await metrics(client)


async def test_ages_and_outbox_are_shown(client, clock):
    clock.move(seconds=90)
    shown = await metrics(client)

    assert "ladderbot_content_age_seconds 90.0" in shown
    assert "ladderbot_pulse_age_seconds " in shown
    assert "# TYPE ladderbot_outbox_rows gauge" in shown
