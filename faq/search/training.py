"""What the search learns from: phrasings, answers and example questions, each with where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from faq.files import Content
from faq.search import classifier as learn
from faq.search.features import Features
from faq.search.model import Encoder, Model, Weights
from faq.tokens import shortened

SENSE = 0.6
"""Length of a sentence vector beside the features' two blocks of length 1 (docs/search.md)."""
PHRASING, ANSWER, EXAMPLE = 2.0, 0.5, 1.0
"""How much each kind of text counts."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Texts to learn from, side by side with where each leads, how much it counts and its language."""

    texts: list[str]
    labels: list[str]
    counts: list[float]
    english: list[bool]
    spelt: list[str]
    """The texts that are not meant to have typing errors."""


def lessons(content: Content) -> TrainingSet:
    """Everything there is to learn from."""
    found = TrainingSet([], [], [], [], [])

    def add(text: str, label: str, count: float, *, english: bool) -> None:
        found.texts.append(text)
        found.labels.append(label)
        found.counts.append(count)
        found.english.append(english)

    for entry in content.knowledge.entries.values():
        for phrasing, language in entry.phrasings:
            add(phrasing, entry.id, PHRASING, english=language == "en")
        add(entry.answer.nl, entry.id, ANSWER, english=False)
        if entry.answer.en:
            add(entry.answer.en, entry.id, ANSWER, english=True)
    for example in content.examples:
        add(example.question, example.expected, EXAMPLE, english=example.language == "en")
    careless = {example.question for example in content.examples if example.style == "typo"}
    found.spelt.extend(text for text in found.texts if text not in careless)
    return found


def vector_texts(content: Content) -> list[str]:
    """What the encoder is asked of each text."""
    return [shortened(text) for text in lessons(content).texts]


def fit(content: Content, encoder: Encoder | None) -> Model:
    """Learn from this content."""
    learned = lessons(content)
    features = Features.learn(learned.texts, learned.spelt, content.synonyms)
    rows = learn.matrix(features, learned.texts)
    classes = tuple(sorted(set(learned.labels)))
    number = {name: at for at, name in enumerate(classes)}
    labels = np.array([number[label] for label in learned.labels])
    vectors, centre, scale = _vectors(vector_texts(content), encoder)
    few = len(classes) < learn.MANY

    def weights(vectors: np.ndarray) -> Weights:
        teach = learn.train if few else learn.centroids
        words, sense, offsets = teach(rows, vectors, labels, len(classes), np.array(learned.counts))
        return Weights(words.astype(np.float16) if few else words, sense * scale, offsets)

    alone = weights(vectors[:, :0])
    return Model(
        classes=classes,
        features=features,
        alone=alone,
        together=weights((vectors - centre) * scale) if centre.size else alone,
        english=_english(rows, learned.english),
        centre=centre,
    )


def _vectors(
    texts: Sequence[str], encoder: Encoder | None
) -> tuple[np.ndarray, np.ndarray, np.float32]:
    """The vectors of the texts, their mean, and what gives them the length they shall have."""
    if encoder is None:
        return np.zeros((len(texts), 0), np.float32), np.zeros(0, np.float32), np.float32(1)
    vectors = encoder.encode(texts).astype(np.float32)
    centre = vectors.mean(axis=0)
    spread = np.sqrt(((vectors - centre) ** 2).sum(axis=1).mean())
    return vectors, centre, np.float32(SENSE / spread)


def _english(rows: object, english: Sequence[bool]) -> np.ndarray:
    """Two classes, learned the same way: Dutch and English."""
    labels = np.array(english, np.int64)
    nothing = np.zeros((len(labels), 0), np.float32)
    weights, _, offsets = learn.train(rows, nothing, labels, 2, np.ones(len(labels)))
    return np.append(weights[:, 1] - weights[:, 0], offsets[1] - offsets[0]).astype(np.float32)
