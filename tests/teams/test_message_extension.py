"""The message extension: an answer looked up from the compose box, and shared as a card."""

import json

import pytest

from bot.teams import message_extension as extension
from tests.support.teams import activity


async def search(client, typed=None, *, locale="nl-NL", value=None, **options):
    """What the compose box shows for a query: (titles, attachments), or the sentence."""
    if value is None:
        name, text = ("initialRun", "true") if typed is None else ("query", typed)
        parameters = [{"name": name, "value": text}]
        options = {"count": 25, **options}
        value = {"commandId": "search", "parameters": parameters, "queryOptions": options}
    body = activity(client.microsoft.url, type="invoke", name=extension.QUERY, value=value)
    status, raw = await client.post(body | {"locale": locale})
    assert status == 200
    shown = json.loads(raw)["composeExtension"]
    if shown["type"] == "message":
        return shown["text"]
    assert (shown["type"], shown["attachmentLayout"]) == ("result", "list")
    return shown["attachments"]


def titles(attachments):
    return [one["preview"]["content"]["title"] for one in attachments]


async def test_without_a_query_there_is_a_first_list(client):
    attachments = await search(client)

    assert 5 <= len(attachments) <= 10
    assert len(set(titles(attachments))) == len(attachments)


async def test_results_come_while_somebody_types(client):
    attachments = await search(client, "geldigh")

    assert any("geldig" in title.casefold() for title in titles(attachments))


async def test_a_whole_question_finds_its_answer_first(client):
    attachments = await search(client, "Hoe lang is een certificaat geldig?")

    assert titles(attachments)[0] == "Hoe lang is een certificaat geldig?"


async def test_what_is_chosen_is_a_card_that_needs_no_bot_beside_it(client):
    (first, *_) = await search(client, "Hoe lang is een certificaat geldig?")

    assert first["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert "actions" not in first["content"]
    assert "Gedeeld uit Ladderbot" in first["content"]["fallbackText"]
    assert "openbare bronnen" in first["content"]["fallbackText"]


async def test_nothing_found_says_so(client):
    assert "Niets gevonden" in await search(client, "xyzzy plugh")
    assert "Nothing found" in await search(client, "xyzzy plugh", locale="en-GB")


async def test_a_question_in_english_finds_english(client):
    attachments = await search(client, "How long is a certificate valid?", locale="en-US")

    assert titles(attachments)[0] == "How long is a certificate valid?"


async def test_nothing_is_sent_and_nobody_is_remembered(client):
    await search(client, "certificaat")

    assert client.microsoft.sent == []
    card = await client.say("mijn gegevens")
    assert "Wanneer ik je welkom heette" not in card["fallbackText"]


ODD = [
    None,
    [],
    "x",
    5,
    {},
    {"parameters": None},
    {"parameters": "query"},
    {"parameters": [None, 5, "query"]},
    {"parameters": [{"name": "query"}]},
    {"parameters": [{"name": "query", "value": {"a": 1}}]},
    {"parameters": [{"name": "query", "value": 5}]},
]


@pytest.mark.parametrize("value", ODD, ids=[json.dumps(v) for v in ODD])
def test_a_value_that_is_no_query_is_the_first_list(value):
    assert extension.query_text(value) == ""


async def test_a_malformed_query_gets_the_first_list(client):
    assert await search(client, value={"parameters": "x"}) == await search(client)


async def test_a_very_long_query_is_cut():
    value = {"parameters": [{"name": "query", "value": "a" * 100_000}]}

    assert len(extension.query_text(value)) == 200


async def test_the_list_stays_small_enough_for_teams(client):
    attachments = await search(client, "co2")

    assert len(attachments) == 10
    assert len(json.dumps(attachments, ensure_ascii=False).encode()) < 80_000


@pytest.mark.parametrize("counted", [25, 10], ids=["what Teams asked for", "what it got"])
async def test_each_page_holds_other_answers_until_there_are_none(client, counted):
    pages = [await search(client, "co2", skip=number * counted) for number in range(4)]

    shown = [title for page in pages for title in titles(page)]
    assert len(titles(pages[1])) == 10
    assert len(set(shown)) == len(shown)
    assert await search(client, "co2", skip=1000) == []


@pytest.mark.parametrize("skip", [-25, "25", 2.5, None, True, [25]])
async def test_a_page_that_is_no_number_is_the_first(client, skip):
    assert await search(client, "co2", skip=skip) == await search(client, "co2")


@pytest.mark.parametrize(
    ("locale", "typed", "title"),
    [
        ("nl-NL", "certificaat", "Hoe lang is een certificaat geldig?"),
        ("nl-NL", "certificate valid", "Hoe lang is een certificaat geldig?"),
        ("en-GB", "geldigheid certificaat", "How long is a certificate valid?"),
        ("en-GB", "hoe lang is een certificaat geldig", "Hoe lang is een certificaat geldig?"),
        ("nl-NL", "how long is a certificate valid", "How long is a certificate valid?"),
    ],
)
async def test_a_few_words_are_answered_in_the_clients_language_a_question_in_its_own(
    client, locale, typed, title
):
    assert title in titles(await search(client, typed, locale=locale))
