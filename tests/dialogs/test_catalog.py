"""The bot's own words: the same in both languages, but for the welcome, which is Dutch with a line of English."""

import re

import pytest

from dialogs.catalog import Texts
from faq.language import LANGUAGES
from tests.support import ROOT

TEXTS = ROOT / "dialogs" / "texts"
WORDS = Texts({one: (TEXTS / f"{one}.toml").read_text("utf-8") for one in LANGUAGES})
BOTH = sorted(WORDS.keys("nl") & WORDS.keys("en"))


def test_both_languages_say_the_same_things():
    differ = WORDS.keys("nl") ^ WORDS.keys("en")

    assert {key for key in differ if not key.startswith("welcome.")} == set()


@pytest.mark.parametrize("key", BOTH)
def test_both_languages_have_the_same_placeholders(key):
    def holes(language):
        try:
            texts = (WORDS.get(language, key),)
        except KeyError:
            texts = WORDS.get_list(language, key)
        return {hole for text in texts for hole in re.findall(r"\{(\w+)\}", text)}

    assert {hole.casefold() for hole in holes("nl")} == {hole.casefold() for hole in holes("en")}


def test_a_key_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        WORDS.get("nl", "nothing.here")


def test_words_that_are_understood_literally_lead_to_one_command_only():
    seen = {}
    for language in ("nl", "en"):
        for key in WORDS.keys(language):
            if key.startswith("exact."):
                for words in WORDS.get_list(language, key):
                    seen.setdefault(words, set()).add(key)

    assert {words: keys for words, keys in seen.items() if len(keys) > 1} == {}


def test_no_text_uses_a_mark_that_teams_shows_as_it_is_typed():
    """`~~` is read aloud as tildes, and nothing is struck through.

    https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
    """
    content = ROOT / "faq" / "content"
    texts = "".join(
        path.read_text("utf-8") for path in (*TEXTS.glob("*"), *content.rglob("*.toml"))
    )

    assert "~~" not in texts
