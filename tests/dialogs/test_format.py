"""Values in words: the same in every dialog."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dialogs.format import day, entry_card, join_words, lead_words, moment
from faq.language import Text


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "zondag 1 maart 2026, 09:05 uur"), ("en", "Sunday 1 March 2026, 09:05")],
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
