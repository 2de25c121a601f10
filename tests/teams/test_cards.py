"""Every card of the bot: valid, small, readable without its buttons, and the same in plain text."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

from bot.teams import cards
from dialogs.card import Card, Choice, Fold, Link, Sources
from dialogs.commands import ids
from dialogs.conversation import respond
from dialogs.values import ConversationState, Message, Subscription
from faq.language import LANGUAGES
from tests.support.cards import NOW, WORDS, context, every_card

EVERY = {name: cards.adaptive(card) for name, card in every_card().items()}
SCHEMA = json.loads(
    (Path(find_spec("adaptive_cards").origin).parent / "schemas" / "schema-1.5.json").read_text(
        "utf-8-sig"
    )
)
VALID = jsonschema.Draft6Validator(SCHEMA)


def buttons(card):
    """The buttons below a card: all that Teams counts as its actions."""
    sets = [b for b in card["body"] if b["type"] == "ActionSet" and "id" not in b]
    return [action for part in (card, *sets) for action in part.get("actions", ())]


@pytest.mark.parametrize("card", EVERY.values(), ids=EVERY.keys())
def test_every_card_keeps_the_rules_of_teams(card):
    assert VALID.is_valid(card), next(VALID.iter_errors(card)).message
    assert card["type"] == "AdaptiveCard"
    assert card["version"] == "1.5"
    # Teams counts in UTF-16, and its limit moved from 28 KB to 40 KB to 100 KB: 25 KB of JSON is below all.
    assert len(json.dumps(card, ensure_ascii=False).encode("utf-16-le")) < 50_000
    assert len(json.dumps(card, ensure_ascii=False).encode()) < 25_000
    assert len(buttons(card)) <= 6
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
    for action in cards.presses(card):
        text = action["data"][cards.SUBMITTED_TEXT]
        assert text.strip()
        assert text in card["fallbackText"]
        assert cards.submitted_text(action["data"]) == text


def test_every_card_leads_on():
    """But what is left of an outdated card: the newer one, to which it points, does."""
    ends = [name for name, card in EVERY.items() if not cards.presses(card)]
    ends = [name for name in ends if not name.endswith("-outdated")]

    assert ends == []


def test_sources_stand_under_their_label_each_on_a_line_and_linked_where_it_is_on_the_web():
    sources = Sources("Bronnen:", (Link("SKAO [1]", "https://x.nl/a(b)"), Link("Een boek", "")))
    body = cards.adaptive(Card(language="nl", title="T", text="x", sources=sources))["body"]

    assert [b["text"] for b in body[-2:]] == [
        "Bronnen:",
        "- [SKAO (1)](https://x.nl/a%28b%29)\n- Een boek",
    ]


def test_what_leaves_the_chat_is_a_button_before_the_others_that_says_where_it_goes():
    join, help_ = Link("Deelnemen", "https://example.nl/a b"), Choice("Help", "help")
    card = cards.adaptive(Card(language="nl", title="T", text="x", links=(join,), choices=(help_,)))

    assert [(a["type"], a["title"], a.get("url")) for a in card["actions"]] == [
        ("Action.OpenUrl", "Deelnemen", "https://example.nl/a%20b"),
        ("Action.Submit", "Help", None),
    ]


LONG = "Hoe lang is een certificaat geldig als wij halverwege overstappen op versie 4.0?"


def rows(card):
    """The text, and the number before it, of each row that can be pressed."""
    for table in (b for b in card["body"] if b["type"] == "Table"):
        assert table.get("showGridLines", True), "the lines are the edges of the rows"
        for row in table["rows"][1:]:
            (button,) = row["cells"][0]["items"]
            number, text = (c["items"][0] for c in button["items"][0]["columns"])
            assert text["wrap"]
            yield number["text"], text["text"], button["selectAction"]["data"]


def test_what_is_too_long_for_a_button_is_a_numbered_row_and_so_is_what_comes_before_it():
    choices = (Choice("Kort", "kort"), Choice(LONG, LONG), Choice("Help", "help"))
    card = cards.adaptive(Card(language="nl", title="T", text="x", choices=choices))

    assert list(rows(card)) == [("1", "Kort", {"says": "kort"}), ("2", LONG, {"says": LONG})]
    assert [action["title"] for action in card["actions"]] == ["Help"]
    assert [action["title"] for action in cards.presses(card)] == ["Kort", LONG, "Help"]


def test_a_list_is_rows_however_short_its_lines_are():
    choices = (Choice("Audit", "audit", row=True), Choice("Help", "help"))
    card = cards.adaptive(Card(language="nl", title="T", text="x", choices=choices))

    assert list(rows(card)) == [("1", "Audit", {"says": "audit"})]


def test_a_card_has_no_more_buttons_than_teams_has_room_for():
    link, many = Link("Deelnemen", "https://x.nl"), tuple(Choice(f"{n}", f"{n}") for n in range(9))
    card = cards.adaptive(Card(language="nl", title="T", text="x", links=(link,), choices=many))

    assert [a["title"] for a in buttons(card)] == ["Deelnemen", "0", "1", "2", "3", "4"]


def test_who_hears_a_card_is_told_how_many_choices_there_are_and_each():
    silent = {}
    for name, card in every_card().items():
        heard = " ".join(cards.adaptive(card)["speak"].split())
        wanted = [f"{n}: {choice.label}" for n, choice in enumerate(card.rows, start=1)]
        wanted += [f"{len(wanted)} keuzes." if card.language == "nl" else f"{len(wanted)} choices."]
        lacking = [part for part in wanted if part not in heard] if len(card.rows) > 1 else []
        if lacking:
            silent[name] = lacking

    assert silent == {}


def test_what_does_not_fit_the_choices_stands_below_them():
    card = Card(language="nl", title="T", text="x", choices=(Choice(LONG, LONG),), hint="Anders?")
    body = cards.adaptive(card)["body"]

    assert [b["type"] for b in body[-2:]] == ["Table", "TextBlock"]
    assert body[-1]["text"] == "Anders?"


def test_the_rest_of_a_long_text_is_behind_a_press_and_can_be_hidden_again():
    fold = Fold(1, "Lees verder", "Minder")
    body = cards.adaptive(Card(language="nl", title="T", text="Kort.\n\nLang.", fold=fold))["body"]

    assert [(b["type"], b.get("isVisible", True)) for b in body] == [
        ("TextBlock", True),
        ("TextBlock", True),
        ("ActionSet", True),
        ("Container", False),
        ("ActionSet", False),
    ]
    assert body[3]["items"][0]["text"] == "Lang."
    for toggle in (body[2], body[4]):
        assert toggle["actions"][0]["targetElements"] == [body[n]["id"] for n in (2, 3, 4)]


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_registry_has_a_card_among_these(language):
    """A command that is added and not drawn fails here."""
    shipped, state = context(), ConversationState(subscription=Subscription(active=True))
    replies = [respond(shipped, Message(text=text, at=NOW), state) for text in WORDS[language]]

    assert ids() - {reply.outcome.command for reply in replies} == set()
