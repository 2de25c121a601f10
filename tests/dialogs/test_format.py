"""Values in words: the same in every dialog."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dialogs.entry_card import entry_card
from dialogs.format import day, join_words, lead_words, moment
from faq.entries import Check
from faq.language import Text


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "zondag 1 maart 2026 om 09.05 uur"), ("en", "Sunday 1 March 2026 at 09:05")],
)
def test_a_moment_in_words(shipped_context, language, words):
    assert moment(shipped_context, datetime(2026, 3, 1, 9, 5), language) == words  # noqa: DTZ001 - wall-clock time


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["een dag"], "een dag"),
        (["een dag", "een uur"], "een dag en een uur"),
        (["een week", "een dag", "een uur"], "een week, een dag en een uur"),
    ],
)
def test_a_list_in_words(shipped_context, words, text):
    assert join_words(shipped_context, words, "nl") == text


def test_a_day_and_a_lead_in_words(shipped_context):
    assert day(shipped_context, date(2026, 11, 3), "nl") == "3 november 2026"
    assert lead_words(shipped_context, timedelta(days=14), "nl") == "2 weken"
    assert lead_words(shipped_context, timedelta(minutes=90), "en") == "90 minutes"


def test_every_setting_in_an_answer_is_filled_in(shipped_context):
    entry = replace(
        shipped_context.knowledge.entries["geldigheid-certificaat"],
        answer=Text("Vraag de {community}."),
    )

    assert "{" not in entry_card(shipped_context, entry, "nl", today=date(2026, 11, 24)).text


@pytest.mark.parametrize(
    ("language", "check", "line"),
    [
        ("nl", None, "Dit komt uit openbare bronnen, geraadpleegd op 29 november 2026. De organisatie heeft het nog niet nagekeken."),
        ("en", None, "This comes from public sources, looked up on 29 November 2026. The organisers have not checked it yet."),
        ("nl", Check(date(2026, 12, 3), "organisatie CoP"), "Nagekeken op 3 december 2026 door organisatie CoP."),
        ("en", Check(date(2026, 12, 3), "organisatie CoP"), "Checked on 3 December 2026 by organisatie CoP."),
    ],
)  # fmt: skip
def test_a_card_says_who_checked_the_answer_or_that_nobody_did(
    shipped_context, language, check, line
):
    entry = replace(
        shipped_context.knowledge.entries["geldigheid-certificaat"],
        read=date(2026, 11, 29),
        check=check,
    )

    assert entry_card(shipped_context, entry, language, today=date(2026, 12, 4)).note.startswith(
        line
    )
