"""Question → matches: a classifier learned from the content, and three zones of confidence."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from faq import learn
from faq.errors import Problem
from faq.examples import NOBODY
from faq.features import Features
from faq.files import Content
from faq.knowledge import Language, plain
from faq.matches import Found, Match, Zone
from faq.model import FORMAT, Model

# Found by cross-validation over authors (docs/search.md); `make quality` shows what they give.
ANSWER_AT = 0.50
"""Told as the answer from this probability."""
OFFER_AT = 0.12
"""Offered while the chance that anybody here knows is at least this."""
SUGGESTIONS = 3
MATCHES = 5


@dataclass(frozen=True, slots=True)
class _Learned:
    """Texts to learn from: phrasings, answers and example questions."""

    texts: list[str]
    labels: list[str]
    counts: list[float]
    english: list[bool]


class Index:
    """What a question is held against; built from the content, never changed."""

    def __init__(self, model: Model, content: Content) -> None:
        """Use `build` to make one."""
        self._model = model
        self._exact = exact(content)
        self._nobody = model.classes.index(NOBODY) if NOBODY in model.classes else -1

    def search(self, question: str, *, previous: str = "") -> Found:
        """See `faq.matches.Search`."""
        home = self._exact.get(plain(question))
        if home is not None:
            return Found("answer", (Match(home[0], 1.0),), home[1])
        chances, english = self._chances(question)
        if previous and elliptic(question):
            together, _ = self._chances(f"{previous} {question}")
            chances = (chances + together) / 2
        return self._zone(chances, "en" if english > 0 else "nl")

    def explain(self, question: str) -> str:
        """In words: which features spoke for which match."""
        chances, _ = self._chances(question)
        columns, weights = self._model.features.row(question)
        names = [name for block in self._model.features.blocks for name in block.vocabulary]
        lines = []
        for at in np.argsort(-chances)[:MATCHES]:
            part = weights * self._model.weights[columns, at].astype(np.float32)
            best = np.argsort(-part)[:6]
            because = ", ".join(
                f"{names[columns[i]]!r} {part[i]:+.2f}" for i in best if part[i] > 0
            )
            lines.append(f"{chances[at]:.3f} {self._model.classes[at]}: {because}")
        return "\n".join(lines)

    def _chances(self, question: str) -> tuple[np.ndarray, float]:
        """The probability of every class, and how English the question is."""
        scores, english, _ = self._model.scores(question)
        return learn.softmax(scores), english

    def _zone(self, chances: np.ndarray, language: Language) -> Found:
        order = [at for at in np.argsort(-chances, kind="stable") if at != self._nobody]
        matches = tuple(
            Match(self._model.classes[at], round(float(chances[at]), 4)) for at in order[:MATCHES]
        )
        nobody = float(chances[self._nobody]) if self._nobody >= 0 else 0.0
        zone: Zone = "unknown"
        if matches[0].score >= ANSWER_AT:
            zone = "answer"
        elif 1 - nobody >= OFFER_AT:
            zone = "suggest"
        return Found(zone, matches[:SUGGESTIONS] if zone != "answer" else matches, language)


def exact(content: Content) -> Mapping[str, tuple[str, Language]]:
    """Every phrasing as it stands: what a button says must lead where it says."""
    return {
        plain(phrasing): (entry.id, language)
        for entry in content.knowledge.entries.values()
        for phrasing, language in entry.phrasings
    }


_ELLIPTIC = re.compile(r"^(en|and|maar|but|ook|also|geldt dat|what about|hoe zit)\b", re.IGNORECASE)


def elliptic(question: str) -> bool:
    """Whether a message leans on the one before it: `en voor gemeenten?`."""
    return len(question.split()) <= 8 and bool(_ELLIPTIC.match(question.strip()))


def lessons(content: Content, without: frozenset[str] = frozenset()) -> _Learned:
    """Everything there is to learn from; `without` leaves out the texts of these plain forms."""
    found = _Learned([], [], [], [])

    def add(text: str, label: str, count: float, *, english: bool) -> None:
        if plain(text) in without:
            return
        found.texts.append(text)
        found.labels.append(label)
        found.counts.append(count)
        found.english.append(english)

    for entry in content.knowledge.entries.values():
        for phrasing, language in entry.phrasings:
            add(phrasing, entry.id, 2.0, english=language == "en")
        add(entry.answer.nl, entry.id, 0.5, english=False)
        if entry.answer.en:
            add(entry.answer.en, entry.id, 0.5, english=True)
    for example in content.examples:
        add(example.question, example.expected, 1.0, english=example.language == "en")
    return found


def fit(learned: _Learned, content: Content) -> Model:
    """Train on these texts."""
    features = Features.learn(learned.texts, content.synonyms)
    rows = learn.matrix(features, learned.texts)
    classes = tuple(sorted(set(learned.labels)))
    number = {name: at for at, name in enumerate(classes)}
    weights, offsets = learn.train(
        rows,
        np.array([number[label] for label in learned.labels]),
        len(classes),
        np.array(learned.counts),
    )
    english = _english(rows, learned.english)
    return Model(classes, features, weights.astype(np.float16), offsets, english)


def _english(rows: Any, english: Sequence[bool]) -> np.ndarray:
    """Two classes, learned the same way: Dutch and English."""
    labels = np.array(english, np.int64)
    weights, offsets = learn.train(rows, labels, 2, np.ones(len(labels)))
    return np.append(weights[:, 1] - weights[:, 0], offsets[1] - offsets[0]).astype(np.float32)


def fingerprint(content: Content) -> str:
    """Changes with anything that is learned from, and with the way of learning."""
    learned = lessons(content)
    told = repr((FORMAT, content.synonyms.groups, learned.texts, learned.labels, learned.counts))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def build(content: Content, kept: bytes = b"") -> tuple[Index, bytes]:
    """Train the index on phrasings, answers and example questions; the same content, the same index.

    Args:
        content: what to learn from.
        kept: the bytes that an earlier call returned for this same content, to skip the training.

    Returns:
        The index, and the bytes to keep.
    """
    model = Model.from_bytes(kept, content.synonyms) if kept else None
    if model is not None:
        return Index(model, content), kept
    model = fit(lessons(content), content)
    return Index(model, content), model.to_bytes()


def problems(_content: Content) -> Iterator[Problem]:
    """What `check` says of phrasings that lead elsewhere, or are found poorly."""
    return iter(())
