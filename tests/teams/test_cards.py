"""Every card of the bot: valid, small, readable without its buttons, and the same in plain text."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

from bot.teams import cards
from dialogs.values import Card, Choice, Link
from tests.support.cards import every_card

EVERY = {name: cards.adaptive(card) for name, card in every_card().items()}
SCHEMA = json.loads(
    (Path(find_spec("adaptive_cards").origin).parent / "schemas" / "schema-1.5.json").read_text(
        "utf-8-sig"
    )
)
VALID = jsonschema.Draft6Validator(SCHEMA)


@pytest.mark.parametrize("card", EVERY.values(), ids=EVERY.keys())
def test_every_card_keeps_the_rules_of_teams(card):
    assert VALID.is_valid(card), next(VALID.iter_errors(card)).message
    assert card["type"] == "AdaptiveCard"
    assert card["version"] == "1.5"
    # Teams counts in UTF-16, and its limit moved from 28 KB to 40 KB to 100 KB: 25 KB of JSON is below all.
    assert len(json.dumps(card, ensure_ascii=False).encode("utf-16-le")) < 50_000
    assert len(json.dumps(card, ensure_ascii=False).encode()) < 25_000
    assert len(cards.actions(card)) <= 6
    headings = [b for b in card["body"] if b.get("style") == "heading"]
    assert [card["body"].index(b) for b in headings] == [0]
    assert all(b["wrap"] for b in card["body"] if b["type"] == "TextBlock")
    assert card["fallbackText"].strip()
    assert card["speak"].strip()
    assert card["lang"] in ("nl", "en")


@pytest.mark.parametrize("card", EVERY.values(), ids=EVERY.keys())
def test_no_placeholder_and_no_markdown_that_teams_lacks_is_left(card):
    shown = json.dumps(card["body"], ensure_ascii=False)

    assert not re.search(r"\{\w+\}", shown)
    assert not re.search(r"(^|\\n)#+ |\|---", shown)


@pytest.mark.parametrize("card", EVERY.values(), ids=EVERY.keys())
def test_what_a_button_says_can_be_typed_and_read(card):
    for action in cards.actions(card):
        text = action["data"][cards.SUBMITTED_TEXT]
        assert text.strip()
        assert text in card["fallbackText"]
        assert cards.submitted_text(action["data"]) == text


def test_every_card_leads_on():
    ends = [name for name, card in EVERY.items() if not cards.actions(card)]

    assert ends == []


def test_links_say_that_they_leave_teams():
    card = cards.adaptive(
        Card(language="nl", title="T", text="x", links=(Link("SKAO [1]", "https://x.nl/a(b)"),))
    )

    assert card["body"][-1]["text"] == "[SKAO (1) ↗](https://x.nl/a%28b%29)"


def test_a_long_choice_is_a_row_that_wraps_and_a_short_one_a_button():
    long = "Hoe lang is een certificaat geldig als wij halverwege overstappen op versie 4.0?"
    card = cards.adaptive(
        Card(
            language="nl", title="T", text="x", choices=(Choice("Help", "help"), Choice(long, long))
        )
    )

    assert [action["title"] for action in card["actions"]] == ["Help"]
    row = card["body"][-1]
    assert (row["items"][0]["text"], row["items"][0]["wrap"]) == (long, True)
    assert cards.submitted_text(row["selectAction"]["data"]) == long
    assert [action["title"] for action in cards.actions(card)] == [long, "Help"]


@pytest.mark.parametrize(
    "value",
    [None, "x", 5, [], {}, {"says": 5}, {"action": None}, {"action": {"data": {"says": None}}}],
)
def test_a_press_that_says_nothing_is_nothing(value):
    assert cards.submitted_text(value) == ""


def test_a_press_is_read_bare_and_wrapped():
    assert cards.submitted_text({"says": "help"}) == "help"
    assert (
        cards.submitted_text({"action": {"type": "Action.Execute", "data": {"says": "help"}}})
        == "help"
    )
