"""The languages stand in one room, so that another one touches few files."""

import re

import pytest

from faq.language import Text, spoken_language
from tests.support import ROOT

MAY_NAME_ONE = {
    "faq/language.py",
    "dialogs/wishes/numbers.py",  # the Dutch word `en`
    "faq/readability.py",  # the Dutch word `en`
    "faq/files.py",  # the Dutch plural `-en`
    "faq/search/index.py",
    "faq/search/training.py",
    "faq/search/decision.py",
    "bot/cli/preview.py",  # for the organiser, in Dutch
}


def test_a_language_is_named_in_few_files():
    product = [
        ROOT / "app.py",
        *(path for floor in ("bot", "dialogs", "faq") for path in (ROOT / floor).rglob("*.py")),
    ]
    naming = {
        path.relative_to(ROOT).as_posix()
        for path in product
        if re.search(r"""["'](nl|en)["']""", path.read_text("utf-8"))
    }

    assert naming - MAY_NAME_ONE == set()


@pytest.mark.parametrize(
    ("code", "language"),
    [("nl", "nl"), ("nl-BE", "nl"), ("EN-gb", "en"), ("fr-FR", None), ("", None)],
)
def test_the_language_of_a_locale(code, language):
    assert spoken_language(code) == language


def test_a_text_that_nobody_translated_is_dutch():
    text = Text("Drie jaar.")

    assert text.in_("en") == text.in_("nl") == "Drie jaar."
    assert list(text.written()) == [("nl", "Drie jaar.")]
