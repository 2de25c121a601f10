"""Plain Dutch, in the answers and in the bot's own words."""

import tomllib

import pytest

from dialogs.catalog import Texts
from faq import readability
from tests.support import ROOT
from tests.support.content import shipped_content


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Indien je een certificaat hebt, mag je meedoen.", "'indien' is ambtelijke taal"),
        ("Je dient te rapporteren.", "'dient te'"),
        ("woord " * 21, "deze zin heeft 21 woorden"),
        ("- " + "woord " * 21, "21 woorden"),
    ],
)
def test_what_a_reader_stumbles_over_is_told(text, says):
    assert any(says in what for what, _ in readability.remarks(text))


@pytest.mark.parametrize(
    "text",
    [
        "Korte zin. Nog een.",
        "woord " * 20,
        "- een\n- twee\n" * 20,
        "[lange link](https://x.nl/conform)",
    ],
)
def test_plain_dutch_is_left_in_peace(text):
    assert list(readability.remarks(text)) == []


def test_the_shipped_answers_are_plain():
    content = shipped_content()

    assert list(readability.problems(content.knowledge)) == []


def test_the_bot_s_own_words_are_plain():
    nl = (ROOT / "dialogs" / "texts" / "nl.toml").read_text("utf-8")
    words = Texts({"nl": nl})
    texts = [words.get("nl", key) for key in words.keys("nl") if not is_list(nl, key)]
    # A pattern reads what members write; nobody reads it.
    texts = [text for text in texts if "(?:" not in text]

    assert [(text, remark) for text in texts for remark in readability.remarks(text)] == []


def is_list(toml, key):
    value = tomllib.loads(toml)
    for part in key.split("."):
        value = value[part]
    return isinstance(value, list)
