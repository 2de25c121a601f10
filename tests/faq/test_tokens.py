"""A message as words: what was glued together is read as what it is."""

import pytest

from faq.tokens import parted

GLUED = [
    ("wat vraagt trede5", "wat vraagt trede 5"),
    ("Niveau3 of trede2", "Niveau 3 of trede 2"),
    ("ISO14001", "ISO 14001"),
    ("scope1en2", "scope 1 en 2"),
    ("scope1, scope2of3", "scope 1, scope 2 of 3"),
    ("handboek3.1", "handboek 3.1"),
    ("v4.0", "v 4.0"),
    ("pauze tot 1september", "pauze tot 1 september"),
    ("3weken", "3 weken"),
    ("januari2027", "januari 2027"),
    ("CO2footprint", "CO2 footprint"),
    # These are words.
    ("CO2", "CO2"),
    ("HVO100", "HVO100"),
    ("ETS2", "ETS2"),
    ("de 1ste en 2e", "de 1ste en 2e"),
    ("co2emissiefactoren.nl", "co2emissiefactoren.nl"),
    ("1u30", "1u30"),
    ("8-12-2026", "8-12-2026"),
]


@pytest.mark.parametrize(("text", "words"), GLUED)
def test_a_word_and_its_figure_are_two(text, words):
    assert parted(text) == words
    assert parted(words) == words
