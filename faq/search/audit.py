"""What the search makes of the content: phrasings that lead elsewhere, and entries that steal questions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq.entries import Entry
from faq.errors import Problem
from faq.examples import OUT_OF_SCOPE
from faq.files import Content
from faq.search import classifier, training
from faq.search.training import VectorizedSet

FOLDS = 3
"""Parts of the cross-validation: every text is asked once of a model that learned from the other parts."""
MAX_WARNINGS = 20
"""More would not be read; the worst come first."""
MIN_STOLEN = 5
"""Questions that one entry takes from another before it is worth a word."""
MIN_RECALL = 0.5
"""A warning where fewer of an entry's phrasings than this are found when they are left out."""
SHOWN = 2
"""Examples in a warning."""


@dataclass(frozen=True, slots=True)
class _Prediction:
    """A text of an entry, and where it leads."""

    text: str
    expected: str
    now: str
    """Where it leads with all texts learned."""
    left_out: str
    """Where it leads when it was not learned itself."""
    is_phrasing: bool


def problems(content: Content) -> Iterator[Problem]:
    """Warnings for phrasings that find another entry by their words, and the worst of what is found poorly.

    None is an error: a phrasing as it stands always leads to its own entry, for it is held against the
    question first. Nothing for content of fewer than three entries.
    """
    entries = content.knowledge.entries
    if len(entries) < FOLDS:
        return
    predictions = _predictions(content)
    for p in predictions:
        if p.is_phrasing and p.now != p.expected:
            what = f"wat op de formulering {p.text!r} lijkt, leidt naar {p.now}."
            mend = "schrijf haar scherper, of zet haar bij het andere antwoord."
            yield entries[p.expected].problem("question", what, mend, warning=True)
    warnings = [*_rarely_found(predictions, entries), *_stolen(predictions, entries)]
    warnings.sort(key=lambda pair: -pair[0])
    yield from (problem for _, problem in warnings[:MAX_WARNINGS])


def _predictions(content: Content) -> list[_Prediction]:
    """Every phrasing and example of an entry, asked of the whole and of what is left without it."""
    examples = training.training_set(content)
    vectorized = training.vectorize(examples, content.synonyms)
    everything = np.arange(len(examples.texts))
    now = _predicted(vectorized, everything, everything)
    left_out = np.zeros_like(now)
    for fold in range(FOLDS):
        out = everything % FOLDS == fold
        left_out[out] = _predicted(vectorized, everything[~out], everything[out])
    columns = zip(examples.texts, examples.labels, examples.kinds, now, left_out, strict=True)
    return [
        _Prediction(
            text=text,
            expected=label,
            now=vectorized.classes[with_all],
            left_out=vectorized.classes[without],
            is_phrasing=kind == "phrasing",
        )
        for text, label, kind, with_all, without in columns
        if label in content.knowledge.entries and kind != "answer"
    ]


def _predicted(vectorized: VectorizedSet, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The class of each text of `asked`, (n,) int, when those of `learned` are trained on; without the encoder.

    Both hold indices of texts. The class for what nobody can answer is never predicted.
    """
    weights = classifier.train_logistic(
        vectorized.rows[learned],
        np.zeros((len(learned), 0), np.float32),
        vectorized.targets[learned],
        len(vectorized.classes),
        vectorized.sample_weights[learned],
    )
    scores = np.asarray(vectorized.rows[asked] @ weights.features + weights.bias)
    scores[:, np.array(vectorized.classes) == OUT_OF_SCOPE] = -np.inf
    return np.asarray(scores.argmax(axis=1))


def _rarely_found(
    predictions: Sequence[_Prediction], entries: Mapping[str, Entry]
) -> Iterator[tuple[float, Problem]]:
    """(how bad, warning) for each entry most of whose phrasings are not found when left out."""
    by_entry: dict[str, list[_Prediction]] = defaultdict(list)
    for p in predictions:
        if p.is_phrasing:
            by_entry[p.expected].append(p)
    for entry, phrasings in by_entry.items():
        lost = [p for p in phrasings if p.left_out != entry]
        if len(phrasings) - len(lost) < MIN_RECALL * len(phrasings):
            what = (
                f"van de {len(phrasings)} formuleringen worden er {len(lost)} niet gevonden als ze zelf "
                f"niet in de lijst staan, zoals {_shown(lost)}."
            )
            mend = "schrijf er meer voorbeeldvragen bij in questions/*.tsv, in andere woorden."
            yield len(lost), entries[entry].problem("question", what, mend, warning=True)


def _stolen(
    predictions: Sequence[_Prediction], entries: Mapping[str, Entry]
) -> Iterator[tuple[float, Problem]]:
    """(how bad, warning) for each pair of entries of which one takes questions of the other."""
    by_pair: dict[tuple[str, str], list[_Prediction]] = defaultdict(list)
    for p in predictions:
        if p.left_out != p.expected:
            by_pair[p.expected, p.left_out].append(p)
    for (entry, thief), lost in by_pair.items():
        if len(lost) >= MIN_STOLEN:
            what = f"{thief} krijgt {len(lost)} vragen die hierbij horen, zoals {_shown(lost)}."
            mend = "maak het verschil duidelijker: schrijf bij beide vragen die alleen daar horen."
            yield len(lost), entries[entry].problem("question", what, mend, warning=True)


def _shown(lost: Sequence[_Prediction]) -> str:
    return " en ".join(repr(p.text[:120]) for p in lost[:SHOWN])
