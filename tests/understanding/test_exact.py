"""Commands in their own words, with what is said around them, and with one slip of the key."""

import pytest

from dialogs.commands import COMMANDS
from dialogs.understanding.exact import exact

ONE = [
    ("stop", "unsubscribe"),
    ("ok stop", "unsubscribe"),
    ("nee, stop", "unsubscribe"),
    ("ik wil nu stoppen", "unsubscribe"),
    ("stop dan maar", "unsubscribe"),
    ("yes unsubscribe now", "unsubscribe"),
    ("mag ik hulp", "help"),
    ("show me my data", "my-data"),
    ("?", "help"),
    ("thema's", "topics"),
    ("onderwerpen certificering", "topics"),
    ("onderwerpen 2", "topics"),
    # One slip of the key.
    ("hlep", "help"),
    ("hepl", "help"),
    ("stopp", "unsubscribe"),
    ("sotp", "unsubscribe"),
    ("uitschrijvn", "unsubscribe"),
    ("unsubscrbe", "unsubscribe"),
    ("pauez", "pause"),
    ("onderwrepen", "topics"),
    ("bijeenkomstn", "meetings"),
    ("mijn gegevns", "my-data"),
    ("privcay", "my-data"),
    ("bednakt", "thanks"),
]
NONE = [
    *("step", "stap", "stof", "shop", "top stuk", "dag een", "mentor", "contract", "meting"),
    *(
        "niet stoppen",
        "no stop",
        "stop niet",
        "wat kost het",
        "wat is een contract",
        "help me niet",
    ),
    *("nee, bedankt", "no, thanks", "ja", "ok", "nee"),
    "ik wil graag weten wat een certificaat kost",
]
EITHER = [
    ("amelden", {"subscribe", "unsubscribe"}),
    ("annmelden", {"subscribe", "unsubscribe"}),
    ("meld me an", {"subscribe", "unsubscribe"}),
]


@pytest.mark.parametrize(("text", "command"), ONE)
def test_a_command_is_understood(shipped_context, text, command):
    named = exact(shipped_context, text, COMMANDS)

    assert named is not None
    assert [one.id for one in named.commands] == [command]


@pytest.mark.parametrize("text", NONE)
def test_another_word_is_no_slip(shipped_context, text):
    assert exact(shipped_context, text, COMMANDS) is None


@pytest.mark.parametrize(("text", "commands"), EITHER)
def test_of_two_commands_as_near_none_is_chosen(shipped_context, text, commands):
    named = exact(shipped_context, text, COMMANDS)

    assert named is not None
    assert {one.id for one in named.commands} == commands


def test_it_works_without_content(context_without_content):
    assert exact(context_without_content, "stopp", COMMANDS) is not None
