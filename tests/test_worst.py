"""The worst that can be typed costs little, in whatever reads it: the work is counted, and patterns are held to a line.

A pattern of `re` cannot be counted, so its processor time is compared at two lengths: a pattern that
takes four times as long for twice as much is quadratic, on any machine.
"""

import importlib
import json
import pkgutil
import re
import sys
import time
from datetime import UTC, datetime

import pytest

from bot.teams.activity import parse
from bot.teams.wording import read_wording
from bot.web import MAX_BODY
from dialogs import share
from dialogs.conversation import QUESTION_MAX, respond
from dialogs.values import ConversationState, LastExchange, Message, Place
from faq.entries import normalized
from faq.tokens import MAX_CHARS, SPREAD_ALL_MAX, SPREAD_MAX, folded, narrowed, shortened, tokenize
from tests.support.content import live_shipped_content
from tests.support.teams import activity
from tests.support.worst import GROWING, LONGEST, RANDOM, REPEATING, WORST, filled

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
CALLS_MAX = 600_000
"""Calls of a turn, a tenth of a second; a question of a member takes some 2,000, the list of a query 45,000."""
LOOP_SECONDS = 0.1
"""Of the processor on the event loop, for one activity; far more than it takes, for machines differ."""
NOTICED = 0.002
"""Seconds of the processor from which a pattern is compared at two lengths."""
QUADRATIC = 8.0
"""A pattern that takes so many times as long for four times as much is no line."""


def calls(do):
    """How many functions are called, Python's and C's."""
    count = 0

    def counting(_, event, __):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        do()
    finally:
        sys.setprofile(None)
    return count


def ask(context, text, place=Place.PERSONAL):
    before = LastExchange(question="Hoe lang is een certificaat geldig?", at=NOW)
    return respond(context, Message(text=text, at=NOW, place=place), ConversationState(last=before))


@pytest.fixture(scope="module")
def warm(shipped_context):
    """The shipped content, whose encoder has read its weights."""
    live_shipped_content().warm()
    return shipped_context


def test_the_strings_are_as_long_as_a_message_may_be():
    assert LONGEST == QUESTION_MAX
    assert {len(text) for text in WORST.values()} == {LONGEST}


@pytest.mark.parametrize("worst", WORST)
def test_a_turn_calls_no_more_functions_than_that(warm, worst):
    assert calls(lambda: ask(warm, WORST[worst])) < CALLS_MAX


@pytest.mark.parametrize("worst", WORST)
def test_a_query_calls_no_more_functions_than_that(warm, worst):
    # What `bot.teams.message_extension` lets through of it.
    query = WORST[worst][:200]
    assert calls(lambda: share.find(warm, query, "nl", NOW)) < CALLS_MAX


@pytest.mark.parametrize("worst", WORST)
def test_nothing_grows_where_it_is_read(worst):
    text = WORST[worst]

    assert len(narrowed(text)) <= len(text)
    assert len(folded(text)) <= len(text) + SPREAD_ALL_MAX
    assert len(shortened(text)) <= MAX_CHARS + 1
    assert len(" ".join(tokenize(text))) <= 2 * (MAX_CHARS + SPREAD_ALL_MAX)
    assert len(normalized(text)) <= SPREAD_MAX * len(text)


def test_what_a_reader_after_us_makes_of_a_text_is_bounded_too():
    """The sentence encoder normalises by itself: `shortened` is what it gets."""
    import unicodedata

    for text in WORST.values():
        for form in ("NFC", "NFKC", "NFD", "NFKD"):
            assert len(unicodedata.normalize(form, shortened(text))) <= SPREAD_MAX * MAX_CHARS + 4


@pytest.mark.parametrize("worst", WORST)
def test_reading_an_activity_calls_no_more_functions_than_that(worst):
    """On the event loop: what holds it up holds up everybody."""
    text, bot = WORST[worst], {"id": "28:bot", "name": WORST[worst][:200]}
    reply = f"<blockquote itemtype='http://schema.skype.com/Reply'>{text}</blockquote>{text}"
    body = activity("http://127.0.0.1:1", text * 4) | {
        "entities": [
            {"type": "mention", "mentioned": bot, **({"text": text[:200]} if odd else {})}
            for odd in (0, 1) * 50
        ],
        "attachments": [{"contentType": "text/html", "content": reply}] * 8,
    }
    raw = json.dumps(body, ensure_ascii=False).encode()

    def read():
        read_wording(parse(raw))

    assert len(raw) <= MAX_BODY
    assert calls(read) < CALLS_MAX // 6
    assert processor(read) < LOOP_SECONDS


# Patterns.


def patterns():
    """Every compiled pattern of the product that reads text: (name, pattern)."""
    seen = {}
    for floor in ("faq", "dialogs", "bot"):
        package = importlib.import_module(floor)
        for module in pkgutil.walk_packages(package.__path__, f"{floor}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in _inside(value):
                    seen.setdefault((pattern.pattern, pattern.flags), f"{module.name}.{name}")
    return [(name, re.compile(*key)) for key, name in seen.items()]


def _inside(value, depth=0):
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 3 and isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _inside(one, depth + 1)


def processor(do):
    """Seconds of the processor, the least of a few times."""
    least = 9.0
    for _ in range(5):
        began = time.thread_time()
        do()
        least = min(least, time.thread_time() - began)
        if least < NOTICED:
            break
    return least


def quadratic(pattern, part):
    """Whether four times as much of this text takes much more than four times as long."""
    for use in (lambda text: list(pattern.finditer(text)), pattern.split):
        long = processor(lambda use=use: use(filled(part)))
        if long >= NOTICED and long > QUADRATIC * processor(
            lambda use=use: use(filled(part, LONGEST // 4))
        ):
            return True
    return False


ALL = patterns()
PARTS = GROWING | REPEATING | RANDOM


@pytest.mark.parametrize(
    "pattern", [p for _, p in ALL], ids=[f"{n}-{i}" for i, (n, _) in enumerate(ALL)]
)
def test_a_pattern_is_a_line_in_the_length_of_what_it_reads(pattern):
    assert [name for name, part in PARTS.items() if quadratic(pattern, part)] == []


def test_a_quadratic_pattern_would_be_seen():
    assert quadratic(re.compile(r"\s*wat"), "\t \xa0")
    assert not quadratic(re.compile(r"\bwat\b"), "\t \xa0")
