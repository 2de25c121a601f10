"""Question → matches: a classifier learned from the content, and three zones of confidence."""

import hashlib
import re
from collections.abc import Iterator, Mapping

import numpy as np

from faq import confidence, lessons
from faq.errors import Problem
from faq.examples import NOBODY
from faq.files import Content
from faq.knowledge import Language, plain
from faq.learn import chances
from faq.matches import Found, Match, Zone
from faq.model import FORMAT, Encoder, Model
from faq.scales import SCALES

# Why here: docs/search.md.
ANSWER_AT = 0.6
"""Told as the answer from this probability."""
COMMAND_AT = 0.45
"""A command is carried out from this probability; dialogs ask more where it matters."""
OFFER_AT = 0.03
"""Offered from this probability that one of the three is right."""
SUGGESTIONS = 3
MATCHES = 5


class Index:
    """What a question is held against; built from the content, never changed."""

    def __init__(self, model: Model, content: Content, encoder: Encoder | None) -> None:
        """Use `build` to make one."""
        self._model, self._encoder = model, encoder
        self._exact = exact(content)
        self._nobody = model.classes.index(NOBODY) if NOBODY in model.classes else -1
        self._right, self._offer = SCALES[encoder is not None]

    def search(self, question: str, *, previous: str = "") -> Found:
        """See `faq.matches.Search`."""
        home = self._exact.get(plain(question))
        if home is not None:
            return Found("answer", (Match(home[0], 1.0),), home[1])
        scores, english = self._model.scores(question, self._encoder)
        if previous and elliptic(question):
            together, _ = self._model.scores(f"{previous} {question}", self._encoder)
            scores = (scores + together) / 2
        return self._zone(scores, question, "en" if english > 0 else "nl")

    def explain(self, question: str) -> str:
        """In words: which features spoke for which match."""
        scores, _ = self._model.scores(question, self._encoder)
        columns, weights = self._model.features.row(question)
        names = [name for block in self._model.features.blocks for name in block.vocabulary]
        lines = []
        for at in np.argsort(-scores)[:MATCHES]:
            part = weights * self._model.weights[columns, at].astype(np.float32)
            best = np.argsort(-part)[:6]
            because = ", ".join(
                f"{names[columns[i]]!r} {part[i]:+.2f}" for i in best if part[i] > 0
            )
            lines.append(f"{scores[at]:.3f} {self._model.classes[at]}: {because}")
        return "\n".join(lines)

    def _zone(self, scores: np.ndarray, question: str, language: Language) -> Found:
        order = [at for at in np.argsort(-scores, kind="stable") if at != self._nobody][:MATCHES]
        length = len(question.split())
        command = self._model.classes[order[0]].startswith("@")
        seen = confidence.signs(scores, order[0], self._nobody, length, command=command)
        right = self._right.chance(seen)
        shares = chances(scores[order]) / chances(scores[order[0]])
        matches = tuple(
            Match(self._model.classes[at], round(right * float(share), 4))
            for at, share in zip(order, shares, strict=True)
        )
        zone: Zone = "unknown"
        if right >= (COMMAND_AT if command else ANSWER_AT):
            zone = "answer"
        elif self._offer.chance(seen) >= OFFER_AT and self._model.features.familiar(question):
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


def fingerprint(content: Content, encoder: Encoder | None) -> str:
    """Changes with anything that is learned from, and with the way of learning."""
    learned = lessons.lessons(content)
    name = encoder.name if encoder else ""
    told = repr((FORMAT, name, content.synonyms.groups, learned))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def build(content: Content, encoder: Encoder | None, kept: bytes = b"") -> tuple[Index, bytes]:
    """Train the index on phrasings, answers and example questions; the same content, the same index.

    Args:
        content: what to learn from.
        encoder: gives sentences a meaning; without one the search is a little worse.
        kept: the bytes that an earlier call returned for this same content, to skip the training.

    Returns:
        The index, and the bytes to keep.
    """
    model = Model.from_bytes(kept, content.synonyms) if kept else None
    if model is not None:
        return Index(model, content, encoder), kept
    model = lessons.fit(content, encoder)
    return Index(model, content, encoder), model.to_bytes()


def problems(_content: Content) -> Iterator[Problem]:
    """What `check` says of phrasings that lead elsewhere, or are found poorly."""
    return iter(())
