"""A message in French or German: told by the small words that those languages have and ours do not."""

from collections.abc import Mapping
from typing import Literal

from faq.tokens import tokenize

Foreign = Literal["fr", "de"]
"""A language that many neighbours write and the bot does not speak."""

MIN_WORDS = 2
"""Small words of a language before a message is taken to be in it; one may be a name, or quoted."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS: Mapping[Foreign, frozenset[str]] = {
    "fr": _words(
        "le la les du des un une et ou est sont que qui quoi quel quelle quels quelles comment pourquoi "
        "quand combien je nous vous ils elle elles mon notre nos votre vos leur ce cette ces cela pour "
        "dans sur avec sans pas peut puis faut doit dois devons etre avoir avons avez ont fait au aux "
        "plus aussi entre chez cette qu echelle echelon echelons certificat certificats prix "
        "entreprise faire obtenir existe"
    ),
    "de": _words(
        "der das ein eine einen einem einer eines und oder ist sind wird wurde kann konnen muss mussen "
        "darf soll wie wo warum wieso welche welcher welches welchen wieviel ich wir ihr sie mein meine "
        "unser unsere euer fur mit ohne nicht kein keine auf aus bei beim zum zur vom uber unter zwischen "
        "nach auch noch schon sich gibt gilt haben hat werden im am bekomme bekommt brauche braucht "
        "stufe stufen zertifikat zertifizierung ausschreibung unternehmen viel viele dauert kostet"
    ),
}
_OURS = _words(
    "de het een en is zijn wat hoe waarom wanneer waar wie welk welke wij we ik je jij u ons onze mijn "
    "dat die dit deze voor van met zonder niet geen op uit bij naar ook nog al er om te aan kan kunnen "
    "moet moeten mag wordt worden heeft hebben als dan maar of the an and are what how why when where "
    "who which our your my this that these for with without not no on of to by from can must may "
    "does do have has if it we you they i"
)


def language_of(text: str) -> Foreign | None:
    """French or German, where the small words say so more than they say Dutch or English."""
    words = tokenize(text)
    ours = sum(word in _OURS for word in words)
    counts = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    foreign = max(counts, key=lambda code: counts[code])
    return foreign if counts[foreign] >= MIN_WORDS and counts[foreign] > ours else None
