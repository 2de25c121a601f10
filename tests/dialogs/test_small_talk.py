"""What asks nothing: tables of (message, kind), and questions that look like it."""

import pytest

from dialogs import small_talk
from tests.support.content import texts

OK = [
    "ok", "oké", "ok top", "hmm oke", "haha leuk", "ja precies", "prima", "duidelijk", "helder, dank je",
    "goed om te weten dan" , "👍", "👍👍", "lol", "fine", "got it", "ok great", "that is clear, thanks",
    "Met vriendelijke groet,\nJoke de Boer", "Kind regards, Tom", "ah zo", "mooi zo", "interesting", "ok ik snap het",
]  # fmt: skip
SORRY = ["sorry", "Oeps, sorry!", "my bad", "foutje"]
UNCHANGED = [
    "laat maar",
    "toch niet",
    "never mind",
    "hoeft niet meer",
    "nee dank je",
    "no thanks",
]
NO = ["nee", "neen", "no", "nee hoor"]
WRONG = [
    "dat vroeg ik niet", "nee dat bedoel ik niet", "dit was niet nuttig", "dit antwoord was niet nuttig",
    "dat klopt niet", "je snapt het niet", "daar heb ik niks aan", "waardeloos", "dit is echt waardeloos",
    "that's not what I asked", "not helpful", "you don't understand me", "👎", "dat is geen antwoord",
]  # fmt: skip
CASES = [
    (text, kind)
    for kind, listed in (
        ("ok", OK),
        ("sorry", SORRY),
        ("unchanged", UNCHANGED),
        ("no", NO),
        ("wrong", WRONG),
    )
    for text in listed
]


@pytest.mark.parametrize(("text", "kind"), CASES, ids=[text for text, _ in CASES])
def test_what_asks_nothing_is_known_for_what_it_is(text, kind):
    assert small_talk.kind(texts(), text) == kind


ASKS = [
    "ok en wat kost het", "klopt dat nog wel", "klopt het dat een certificaat drie jaar geldig is", "is dat goed",
    "wat is een goed percentage", "ik snap het niet", "ok?", "sorry, wat is scope 3", "mag dat niet",
    "wat is er fout aan 3.1", "niet nuttig voor gemeenten", "stop", "", "🚲", "is dit antwoord nog juist",
]  # fmt: skip


@pytest.mark.parametrize("text", ASKS)
def test_what_may_ask_something_is_no_small_talk(text):
    assert small_talk.kind(texts(), text) is None
