"""A turn is in time: typing when it is slow, cut off when it takes too long, and it says so."""

import asyncio
import dataclasses
import threading
import time

import pytest

from bot.channel import Answer, Gone, GoneReason, InDoubt, Later, Refused
from bot.fair import MEMBER_WAITING
from bot.turns import NORMAL, Times
from dialogs.card import Card
from tests.support.channel import ANNA, conversation_with

FAST = Times(typing=0.02, turn=0.06, answer=0.3, query=0.05, reply_backoff=(0.001, 0.002))


def card(title):
    return Card(language="nl", title=title, text="x")


class SlowHandler:
    """Answers when it is allowed to."""

    def __init__(self):
        self.free = threading.Event()
        self.taken = []

    def handle(self, incoming):
        self.free.wait(5)
        self.taken.append(incoming.text)
        return card("answer"), None

    def sent(self, *_):
        pass

    def find(self, *_):
        self.free.wait(5)
        return "nothing"

    def busy(self, _):
        return "busy"

    def late(self, _):
        return card("late")

    def failed(self, *_):
        return card("failed")


class BrokenHandler(SlowHandler):
    """Breaks, with a member's words in the error."""

    def handle(self, incoming):
        raise RuntimeError(incoming.text)

    find = handle


@pytest.fixture
def slow(clock):
    handler = SlowHandler()
    with conversation_with(handler, clock, times=FAST) as conversation:
        conversation.handler = handler
        yield conversation
        handler.free.set()


async def a_while():
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_turn_and_its_reply_stay_under_the_fifteen_seconds_of_teams():
    assert NORMAL.turn < NORMAL.answer < 15
    assert NORMAL.answer - NORMAL.turn >= 4, "time for the connector"
    assert NORMAL.typing < 2, "a reviewer wants a sign within 2 s"
    assert NORMAL.query < 5, "Teams waits 5 s for a query"


async def test_a_quick_answer_shows_no_typing(clock):
    handler = SlowHandler()
    handler.free.set()
    with conversation_with(handler, clock) as conversation:
        await conversation.say("hoi")

    assert conversation.channel.how == ["reply"]


async def test_a_slow_answer_shows_typing_first(slow, clock):
    with conversation_with(slow.handler, clock, times=Times(typing=0.0)) as conversation:
        saying = asyncio.create_task(conversation.say("hoi"))
        await a_while()
        slow.handler.free.set()

        assert (await saying).title == "answer"
    assert conversation.channel.how == ["typing", "reply"]


async def test_a_turn_over_its_time_is_cut_and_says_so(slow, caplog):
    answer = await slow.say("hoi")

    assert answer.title == "late"
    assert "turn cut off" in caplog.text


async def test_what_had_not_begun_when_it_was_cut_never_begins(slow):
    first, second = await asyncio.gather(
        slow.happens("message", "first"), slow.happens("message", "second")
    )
    assert (first.outcome, second.outcome) == ("late", "late")

    slow.handler.free.set()
    await slow.say("third")
    assert slow.handler.taken == ["first", "third"], (
        "who was told to ask again must not be served twice"
    )


async def test_an_event_that_is_not_said_gets_its_time_too(slow, clock):
    """An installation under load must not lose its welcome after the second of typing."""
    with conversation_with(slow.handler, clock, times=Times(typing=0.0)) as conversation:
        happening = asyncio.create_task(conversation.happens("installed"))
        await a_while()
        slow.handler.free.set()

        assert (await happening).outcome == "installed"
    assert conversation.channel.how == ["reply"]


async def test_a_query_is_cut_earlier(slow):
    answer = await slow.happens("query", answer_mode="invoke")

    assert answer == Answer("failed", "busy")


async def test_what_breaks_becomes_a_friendly_card_and_no_words_in_the_log(clock, caplog):
    with conversation_with(BrokenHandler(), clock) as conversation:
        card = await conversation.say("geheim")
        answer = await conversation.happens("query", "geheim")

    assert card.title == "failed"
    assert answer == Answer("failed", "busy")
    assert "turn failed" in caplog.text
    assert all("geheim" not in record.getMessage() for record in caplog.records)


async def test_what_breaks_without_having_been_asked_is_not_spoken_of(clock):
    with conversation_with(BrokenHandler(), clock) as conversation:
        await conversation.happens("installed")

    assert conversation.channel.calls == []


# The reply.


class QuickHandler(SlowHandler):
    def __init__(self):
        super().__init__()
        self.free.set()


async def test_later_is_tried_again_within_the_time(clock):
    results = (Later("503 x"), Later("503 x"))
    with conversation_with(QuickHandler(), clock, *results, times=FAST) as conversation:
        await conversation.happens("message", "hoi")

    assert conversation.channel.how == ["reply"] * 3


async def test_later_for_ever_ends(clock, caplog):
    with conversation_with(
        QuickHandler(), clock, *[Later("502 x")] * 9, times=FAST
    ) as conversation:
        answer = await conversation.happens("message", "hoi")

    assert (conversation.channel.how, answer.content) == (["reply"] * 3, None)
    assert "reply not sent: 502 x" in caplog.text


async def test_a_wait_that_is_longer_than_the_turn_is_not_waited(clock):
    began = time.monotonic()
    with conversation_with(QuickHandler(), clock, Later("429 x", 60.0), times=FAST) as conversation:
        await conversation.happens("message", "hoi")

    assert conversation.channel.how == ["reply"]
    assert time.monotonic() - began < 1
    assert conversation.limiter.throttled == [(ANNA.root, 60.0)], "reminders know of it, too"


@pytest.mark.parametrize("result", [Refused("413 x"), Gone(GoneReason.BLOCKED), InDoubt("cut off")])
async def test_nothing_else_is_tried_again(clock, result):
    with conversation_with(QuickHandler(), clock, result, times=FAST) as conversation:
        await conversation.happens("message", "hoi")

    assert conversation.channel.how == ["reply"]


async def test_a_connector_that_hangs_does_not_hold_the_answer(clock, caplog):
    with conversation_with(QuickHandler(), clock, times=FAST) as conversation:

        async def never(*_):
            await asyncio.Event().wait()

        conversation.channel.before = never
        answer = await asyncio.wait_for(conversation.happens("message", "hoi"), 2)

    assert answer.content is None
    assert "end of the turn's time" in caplog.text


async def test_every_send_of_an_answer_is_counted_and_none_waits(slow, clock):
    """So that reminders make room for answers, and for what shows that one is being made."""
    with conversation_with(
        slow.handler,
        clock,
        Later("503 x"),
        times=Times(typing=0.0, reply_backoff=(0.001,)),
    ) as conversation:
        saying = asyncio.create_task(conversation.happens("message", "hoi"))
        await a_while()
        slow.handler.free.set()
        await saying

    assert conversation.channel.how == ["typing", "reply", "reply"]
    assert conversation.limiter.counted == [ANNA.conversation_id] * 3


async def test_an_answer_in_a_thread_takes_room_from_its_channel(clock):
    thread = dataclasses.replace(ANNA, conversation_id="19:x;messageid=7", place="channel")
    with conversation_with(QuickHandler(), clock) as conversation:
        await conversation.happens("message", "hoi", address=thread)

    assert conversation.limiter.counted == ["19:x"]


# Where the answer is expected.


@pytest.mark.parametrize("mode", ["invoke", "inline"])
async def test_an_answer_that_the_request_carries_is_not_sent(clock, mode):
    with conversation_with(QuickHandler(), clock) as conversation:
        answer = await conversation.happens("message", "hoi", answer_mode=mode)

    assert answer.content == card("answer")
    assert conversation.channel.calls == []
    assert conversation.limiter.counted == []


async def test_a_flood_is_told_once_and_the_rest_of_it_is_left(slow):
    asked = [asyncio.create_task(slow.happens("message", str(n))) for n in range(40)]
    await a_while()
    assert not any(task.done() for task in asked), "a flood is answered late"
    slow.handler.free.set()
    outcomes = [answer.outcome for answer in await asyncio.gather(*asked)]

    assert outcomes.count("flood") == 40 - MEMBER_WAITING
    assert len(slow.handler.taken) == MEMBER_WAITING
    assert len(slow.channel.cards) == MEMBER_WAITING + 1


async def test_a_removal_in_a_flood_is_not_left(slow):
    asked = [asyncio.create_task(slow.happens("message", str(n))) for n in range(40)]
    await a_while()
    removal = asyncio.create_task(slow.happens("removed", "removal"))
    await a_while()
    slow.handler.free.set()
    await asyncio.gather(*asked, removal)

    assert "removal" in slow.handler.taken
