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


PRIVATE = re.compile(
    r"(formerly|manifest|meetings\.words|about|wish)\.|my-data\.(not_here|text)$"
    r"|(reminder\.note|reminder\.change_note|wishes\.for_another)$|follow_up\.\w+$"
)
"""Texts that are read in a private chat, or say what to type there; and patterns and words of members."""
TO_TYPE = re.compile(r"(?i)\b(typ\w*|bijvoorbeeld|for example)\b")
QUOTED = re.compile(r"\*\*([^*]+)\*\*|(?<!\w)'([^']+)'(?!\w)")


def without_mention(language, text):
    """The commands that a text quotes without the bot's mention before them, and whether it names one at all."""
    commands = {
        words for key in BOTH if key.startswith("exact.") for words in WORDS.get_list(language, key)
    }
    quoted = [bold or single for bold, single in QUOTED.findall(text)]
    yield from (q for q in quoted if q.casefold() in commands)
    if TO_TYPE.search(text) and "{at}" not in text and "@Ladderbot" not in text:
        yield text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_be_typed_is_told_with_the_mention_that_it_needs_where_others_talk(language):
    """In a channel the bot sees only what begins with its name; a new text that forgets so fails here."""
    files = {one: (TEXTS / f"{one}.toml").read_text("utf-8") for one in LANGUAGES}
    as_written = Texts(files, at="{at}")
    keys = [k for k in BOTH if not as_written.is_list(language, k) and not PRIVATE.match(k)]
    lacking = {key: list(without_mention(language, as_written.get(language, key))) for key in keys}

    assert {key: hints for key, hints in lacking.items() if hints} == {}


def test_no_text_uses_a_mark_that_teams_shows_as_it_is_typed():
    """`~~` is read aloud as tildes, and nothing is struck through.

    https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
    """
    content = ROOT / "faq" / "content"
    texts = "".join(
        path.read_text("utf-8") for path in (*TEXTS.glob("*"), *content.rglob("*.toml"))
    )

    assert "~~" not in texts
