"""What the search makes of the content: phrasings that lead elsewhere, and entries that steal questions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from faq.entries import Entry
from faq.errors import Problem
from faq.examples import OUT_OF_SCOPE
from faq.files import Content
from faq.search import classifier as learn
from faq.search.features import Features
from faq.search.training import ANSWER, PHRASING, lessons

FOLDS = 3
"""Every text is asked once of a model that learned from the others."""
WARNINGS = 20
"""More would not be read; the worst come first."""
STOLEN = 5
"""Questions that one entry takes from another before it is worth a word."""
POOR = 0.5
"""An entry is found poorly when fewer of its phrasings are found when they are left out."""
SHOWN = 2
"""Examples in a warning."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, where it must lead, where it leads, and where it led when it was left out."""

    text: str
    wanted: str
    now: str
    left_out: str
    phrasing: bool


def problems(content: Content) -> Iterator[Problem]:
    """Errors for phrasings that find another entry, and the worst of what is found poorly."""
    entries = content.knowledge.entries
    if len(entries) < FOLDS:
        return
    asked = _ask(content)
    for a in asked:
        if a.phrasing and a.now != a.wanted:
            what = f"de formulering {a.text!r} leidt naar {a.now}."
            mend = "schrijf haar scherper, of zet haar bij het andere antwoord."
            yield entries[a.wanted].problem("question", what, mend)
    found = sorted([*_poor(asked, entries), *_thieves(asked, entries)], key=lambda pair: -pair[0])
    yield from (problem for _, problem in found[:WARNINGS])


def _ask(content: Content) -> list[_Asked]:
    """Every phrasing and example of an entry, asked of the whole and of what is left without it."""
    learned = lessons(content)
    features = Features.learn(learned.texts, learned.spelt, content.synonyms)
    rows = learn.matrix(features, learned.texts)
    classes = np.array(sorted(set(learned.labels)))
    labels, counts = np.searchsorted(classes, learned.labels), np.array(learned.counts)
    everything = np.arange(len(labels))
    asks = _Asks(rows, labels, counts, classes)
    now = asks.led(everything, everything)
    left_out = np.zeros_like(labels)
    for fold in range(FOLDS):
        out = everything % FOLDS == fold
        left_out[out] = asks.led(everything[~out], everything[out])
    return [
        _Asked(text, label, str(classes[now[at]]), str(classes[left_out[at]]), count == PHRASING)
        for at, (text, label, count) in enumerate(
            zip(learned.texts, learned.labels, learned.counts, strict=True)
        )
        if label in content.knowledge.entries and count != ANSWER
    ]


@dataclass(frozen=True, slots=True)
class _Asks:
    """All texts as numbers, to learn from some and to ask others; without the encoder."""

    rows: Any
    labels: np.ndarray
    counts: np.ndarray
    classes: np.ndarray

    def led(self, known: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """Which entry or command the `asked` texts lead to, when the `known` ones are learned from."""
        nothing = np.zeros((len(known), 0), np.float32)
        weights, _, offsets = learn.train(
            self.rows[known], nothing, self.labels[known], len(self.classes), self.counts[known]
        )
        scores = np.asarray(self.rows[asked] @ weights + offsets)
        scores[:, self.classes == OUT_OF_SCOPE] = -np.inf
        return np.asarray(scores.argmax(axis=1))


def _poor(asked: Sequence[_Asked], entries: Mapping[str, Entry]) -> Iterator[tuple[float, Problem]]:
    by_entry: dict[str, list[_Asked]] = defaultdict(list)
    for a in asked:
        if a.phrasing:
            by_entry[a.wanted].append(a)
    for entry, mine in by_entry.items():
        lost = [a for a in mine if a.left_out != entry]
        if len(mine) - len(lost) < POOR * len(mine):
            what = (
                f"van de {len(mine)} formuleringen worden er {len(lost)} niet gevonden als ze zelf "
                f"niet in de lijst staan, zoals {_examples(lost)}."
            )
            mend = "schrijf er meer voorbeeldvragen bij in questions/*.tsv, in andere woorden."
            yield len(lost), entries[entry].problem("question", what, mend, warning=True)


def _thieves(
    asked: Sequence[_Asked], entries: Mapping[str, Entry]
) -> Iterator[tuple[float, Problem]]:
    taken: dict[tuple[str, str], list[_Asked]] = defaultdict(list)
    for a in asked:
        if a.left_out != a.wanted:
            taken[a.wanted, a.left_out].append(a)
    for (entry, thief), lost in taken.items():
        if len(lost) >= STOLEN:
            what = f"{thief} krijgt {len(lost)} vragen die hierbij horen, zoals {_examples(lost)}."
            mend = "maak het verschil duidelijker: schrijf bij beide vragen die alleen daar horen."
            yield len(lost), entries[entry].problem("question", what, mend, warning=True)


def _examples(lost: Sequence[_Asked]) -> str:
    return " en ".join(repr(a.text[:120]) for a in lost[:SHOWN])
