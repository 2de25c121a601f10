"""From when and until when an answer holds."""

from datetime import date

from faq.entry_dates import coming
from tests.support.content import small_content

LATER = """
[[entry.later]]
from = 2027-01-15
answer.nl = "Vier jaar."
[[entry.later]]
from = 2028-01-15
answer.nl = "Vijf jaar."
"""
FIELDS = {
    "geldigheid": LATER,
    "kosten": "until = 2027-06-30",
    "scopes": "from = 2027-02-01",
}
KNOWLEDGE = small_content(fields=FIELDS).knowledge


def answers(day):
    return {id_: entry.answer.nl for id_, entry in KNOWLEDGE.on(day).entries.items()}


def test_an_answer_holds_until_the_day_before_the_next():
    assert answers(date(2027, 1, 14))["geldigheid"] == "Een certificaat is drie jaar geldig."
    assert answers(date(2027, 1, 15))["geldigheid"] == "Vier jaar."
    assert answers(date(2028, 1, 14))["geldigheid"] == "Vier jaar."
    assert answers(date(2028, 1, 15))["geldigheid"] == "Vijf jaar."


def test_an_entry_is_offered_from_its_first_day_to_its_last():
    assert answers(date(2027, 1, 31)).keys() == {"geldigheid", "kosten"}
    assert answers(date(2027, 2, 1)).keys() == {"geldigheid", "kosten", "scopes"}
    assert answers(date(2027, 6, 30)).keys() == {"geldigheid", "kosten", "scopes"}
    assert answers(date(2027, 7, 1)).keys() == {"geldigheid", "scopes"}


def test_what_comes_is_told_in_the_order_of_its_days():
    changes = coming(KNOWLEDGE, date(2027, 1, 15), date(2028, 1, 15))

    assert [(change.day.isoformat(), change.entry.id, change.what) for change in changes] == [
        ("2027-02-01", "scopes", "starts"),
        ("2027-07-01", "kosten", "ends"),
        ("2028-01-15", "geldigheid", "changes"),
    ]
