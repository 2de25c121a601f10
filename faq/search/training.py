"""What the search learns from, and how: phrasings, answers and example questions → a model."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from faq.files import Content
from faq.search import classifier
from faq.search.encoder import BrokenEncoderError, Encoder
from faq.search.features import Features
from faq.search.meaning import Whitening
from faq.search.model import FORMAT, Model
from faq.search.names import Names
from faq.search.weights import LinearWeights
from faq.synonyms import Synonyms
from faq.tokens import shortened

Kind = Literal["phrasing", "answer", "example"]
WEIGHTS: Mapping[Kind, float] = {"phrasing": 2.0, "answer": 0.5, "example": 1.0}
"""How much each kind of text counts."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Texts to learn from, side by side with where each leads, of what kind it is and its language."""

    texts: list[str]
    labels: list[str]
    """An entry's id, an `@command`, or `-` for what nobody can answer."""
    kinds: list[Kind]
    english: list[bool]
    well_spelt: list[str]
    """The texts that are not meant to have typing errors."""


@dataclass(frozen=True, slots=True)
class VectorizedSet:
    """A training set as numbers, without sentence vectors."""

    features: Features
    rows: Any
    """(n, features) float32, scipy's CSR."""
    classes: tuple[str, ...]
    """The labels, sorted."""
    targets: np.ndarray
    """(n,) int: the class of each text."""
    sample_weights: np.ndarray
    """(n,) float."""


def training_set(content: Content) -> TrainingSet:
    """Everything there is to learn from."""
    examples = TrainingSet([], [], [], [], [])

    def add(text: str, label: str, kind: Kind, *, english: bool) -> None:
        examples.texts.append(text)
        examples.labels.append(label)
        examples.kinds.append(kind)
        examples.english.append(english)

    for entry in content.knowledge.entries.values():
        for phrasing, language in entry.phrasings:
            add(phrasing, entry.id, "phrasing", english=language == "en")
        add(entry.answer.nl, entry.id, "answer", english=False)
        if entry.answer.en:
            add(entry.answer.en, entry.id, "answer", english=True)
    for example in content.examples:
        english = example.language == "en"
        add(example.question, example.expected, "example", english=english)
    misspelt = {example.question for example in content.examples if example.style == "typo"}
    examples.well_spelt.extend(text for text in examples.texts if text not in misspelt)
    return examples


def training_fingerprint(content: Content, encoder: Encoder | None) -> str:
    """Names what is learned from, and the way of learning: a saved model of the same name can be used again."""
    name = encoder.name if encoder else ""
    everything = repr((FORMAT, name, content.synonyms.groups, training_set(content)))
    return hashlib.sha256(everything.encode()).hexdigest()[:32]


def corpus_texts(content: Content) -> list[str]:
    """The texts whose sentence vectors the training asks for."""
    return [shortened(text) for text in training_set(content).texts]


def vectorize(examples: TrainingSet, synonyms: Synonyms) -> VectorizedSet:
    """Fit the features on the texts, and turn these into numbers."""
    features, rows = Features.fit(examples.texts, examples.well_spelt, synonyms)
    classes = tuple(sorted(set(examples.labels)))
    index = {label: number for number, label in enumerate(classes)}
    return VectorizedSet(
        features=features,
        rows=rows,
        classes=classes,
        targets=np.array([index[label] for label in examples.labels]),
        sample_weights=np.array([WEIGHTS[kind] for kind in examples.kinds]),
    )


def fit(content: Content, encoder: Encoder | None) -> Model:
    """Learn from this content; from its words alone where there is no encoder, or a broken one."""
    examples = training_set(content)
    vectorized = vectorize(examples, content.synonyms)
    vectors = _encoded([shortened(text) for text in examples.texts], encoder)
    lexical = combined = _train(vectorized, vectors[:, :0])
    whitening = Whitening.none()
    if vectors.size:
        whitening = Whitening.fit(vectors, vectorized.targets)
        combined = _train(vectorized, whitening.apply(vectors))
    return Model(
        classes=vectorized.classes,
        features=vectorized.features,
        lexical=lexical,
        combined=combined,
        english=_train_english(vectorized.rows, examples.english),
        whitening=whitening,
        names=Names.fit(_with_names(content, examples)),
    )


def _with_names(content: Content, examples: TrainingSet) -> Iterator[tuple[str, str]]:
    """Every text with where it leads, and for each entry the versions that it is about: all, where none is said."""
    yield from zip(examples.texts, examples.labels, strict=True)
    entries = content.knowledge.entries.values()
    known = sorted({version for entry in entries for version in entry.handbook})
    for entry in entries:
        yield " ".join(entry.handbook or known), entry.id


def _encoded(texts: Sequence[str], encoder: Encoder | None) -> np.ndarray:
    """The sentence vectors, (n, d) float32; d is 0 where there is no encoder that works."""
    if encoder is not None:
        try:
            return encoder.encode_corpus(texts)
        except BrokenEncoderError:
            # It says so itself, and is asked no more; the words alone do.
            pass
    return np.zeros((len(texts), 0), np.float32)


def _train(vectorized: VectorizedSet, vectors: np.ndarray) -> LinearWeights:
    """Weights over the features and these vectors; dense ones are stored with half the digits."""
    few = len(vectorized.classes) < classifier.MAX_DENSE_CLASSES
    train = classifier.train_logistic if few else classifier.train_centroids
    weights = train(
        vectorized.rows,
        vectors,
        vectorized.targets,
        len(vectorized.classes),
        vectorized.sample_weights,
    )
    return replace(weights, features=weights.features.astype(np.float16)) if few else weights


def _train_english(rows: Any, english: Sequence[bool]) -> np.ndarray:
    """Weights (features + 1,) float32 of English against Dutch, the bias last: two classes, trained the same way."""
    targets = np.array(english, np.int64)
    no_vectors = np.zeros((len(targets), 0), np.float32)
    weights = classifier.train_logistic(rows, no_vectors, targets, 2, np.ones(len(targets)))
    difference = weights.features[:, 1] - weights.features[:, 0]
    return np.append(difference, weights.bias[1] - weights.bias[0]).astype(np.float32)
