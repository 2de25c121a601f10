"""Question → matches: a classifier learned from the content, and three zones of confidence."""

from collections.abc import Mapping, Sequence

import numpy as np

from faq.entries import normalized
from faq.examples import OUT_OF_SCOPE
from faq.files import Content
from faq.language import DEFAULT, Language
from faq.search import decision, training
from faq.search.addressing import Addressing
from faq.search.calibration import Calibration, ConfidenceFeatures, confidence_features
from faq.search.calibration_data import COMBINED, LEXICAL
from faq.search.command_words import CommandWords
from faq.search.encoder import Encoder
from faq.search.explain import explanation
from faq.search.follow_up import split_questions
from faq.search.foreign import Foreign, language_of
from faq.search.likeness import Likeness
from faq.search.model import BARRED, Model, Scored
from faq.search.result import SUGGESTIONS, Match, SearchResult

MATCHES = 5


class Index:
    """What a question is held against; built from the content, never changed, so safe in any thread."""

    def __init__(self, model: Model, content: Content, encoder: Encoder | None) -> None:
        """Use `build_index` to make one."""
        self._model, self._encoder = model, encoder
        self._likeness = Likeness(encoder)
        self._exact = exact_phrasings(content)
        self._addressing = Addressing(content, model.classes)
        self._command_words = CommandWords.of(content)
        classes = model.classes
        self._out_of_scope = classes.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in classes else -1

    def search(self, question: str) -> SearchResult:
        """As `faq.search.result.Search` promises; an encoder that breaks meanwhile is done without."""
        exact = self._exact.get(normalized(question))
        if exact is not None:
            entry, language = exact
            return SearchResult("answer", (Match(entry, 1.0),), language)
        foreign = language_of(question)
        if foreign:
            return self._nearest(question, foreign)
        whole = self._read(question)
        parts = [self._read(part) for part in split_questions(question)]
        return decision.with_second_question(whole, parts)

    def explain(self, question: str) -> str:
        """What matched a question and why, in Dutch, for an organiser."""
        exact = self._exact.get(normalized(question))
        if exact is not None:
            return f"  {exact[0]}: dit is een van zijn eigen formuleringen."
        scored = self._score(question)
        order = self._ranked(scored.scores)
        lines = [explanation(self._model, scored, question, index) for index in order[:3]]
        return "\n".join([self._verdict(question, scored, order[0]), *lines])

    def meanings(self, texts: Sequence[str]) -> np.ndarray | None:
        """What texts mean, (n, d) float32 of length 1; None without an encoder that works."""
        vectors = [self._model.meaning(text, self._encoder) for text in texts]
        known = [vector for vector in vectors if vector is not None]
        return np.array(known) if len(known) == len(vectors) else None

    def likeness(self, question: str, passages: Sequence[str]) -> Sequence[float] | None:
        """How near in meaning passages of the content are to a question; see `faq.search.likeness`."""
        return self._likeness.of(question, passages)

    def _verdict(self, question: str, scored: Scored, best: int) -> str:
        """What was done with the question, and the probability behind it."""
        features = self._confidence(scored, best, question)
        right = _calibration(scored).right.probability(features)
        threshold = decision.COMMAND_AT if features.is_command else decision.ANSWER_AT
        done = {"answer": "verteld", "suggest": "aangeboden", "unknown": "niet geweten"}
        line = (
            f"  {done[self.search(question).zone]}: kans dat het beste klopt {right:.2f} "
            f"(vertellen vanaf {threshold})"
        )
        names = self._model.names.unknown_to(self._model.classes[best], question)
        if names:
            line += f"; het antwoord zegt niets over {', '.join(names)}"
        if features.is_command and (strange := self._command_words.strange(question)):
            line += f"; in geen opdracht staat {', '.join(strange)}"
        if self._out_of_scope >= 0:
            line += f"; 'niemand weet dit' {scored.scores[self._out_of_scope]:+.1f}"
        return line

    def _read(self, question: str) -> SearchResult:
        """One question."""
        return self._decide(self._score(question), question)

    def _score(self, question: str, *, foreign: bool = False) -> Scored:
        barred = self._addressing.barred(question)
        return self._model.score(question, self._encoder, foreign=foreign, barred=barred)

    def _nearest(self, question: str, foreign: Foreign) -> SearchResult:
        """The entries that come nearest to a question in a language that the bot does not speak."""
        scored = self._score(question, foreign=True)
        classes = self._model.classes
        order = [i for i in self._ranked(scored.scores) if not classes[i].startswith("@")]
        matches = self._matches(scored.scores, order[:SUGGESTIONS], decision.DOUBTED)
        return SearchResult("suggest" if matches else "unknown", matches, "en", foreign=foreign)

    def _decide(self, scored: Scored, question: str) -> SearchResult:
        """The zone, the matches and the language of a text."""
        order = self._ranked(scored.scores)
        if scored.scores[order[0]] <= BARRED:
            return SearchResult("unknown", (), DEFAULT)
        features = self._confidence(scored, order[0], question)
        calibration = _calibration(scored)
        right = calibration.right.probability(features)
        best = self._model.classes[order[0]]
        if not features.is_command and self._model.names.unknown_to(best, question):
            right = min(right, decision.DOUBTED)
        language = decision.language(scored, features.word_count)
        matches = self._matches(scored.scores, order, right)
        if decision.answers(scored, features, matches, right):
            strange = self._command_words.strange(question) if features.is_command else []
            return SearchResult("answer", matches, language, strange=tuple(strange))
        if decision.offers(scored, calibration.offer.probability(features)):
            return SearchResult("suggest", matches[:SUGGESTIONS], language)
        nearest = matches[:SUGGESTIONS] if scored.has_known_word else ()
        return SearchResult("unknown", nearest, language)

    def _matches(self, scores: np.ndarray, order: list[int], right: float) -> tuple[Match, ...]:
        """The best classes; each has the probability of the first, times e to the power of how far it is behind."""
        shares = np.exp(scores[order] - scores[order[0]])
        return tuple(
            Match(self._model.classes[index], round(right * float(share), 4))
            for index, share in zip(order, shares, strict=True)
        )

    def _ranked(self, scores: np.ndarray) -> list[int]:
        """The MATCHES best classes, best first, without the one for what nobody can answer; at least one."""
        count = min(len(scores), MATCHES + 1)
        some = np.argpartition(-scores, count - 1)[:count]
        order = some[np.lexsort((some, -scores[some]))]
        ranked = [int(index) for index in order if index != self._out_of_scope]
        return [index for index in ranked if scores[index] > BARRED][:MATCHES] or ranked[:1]

    def _confidence(self, scored: Scored, best: int, question: str) -> ConfidenceFeatures:
        return confidence_features(
            scored.scores,
            best=best,
            out_of_scope=self._out_of_scope,
            word_count=len(question.split()),
            is_command=self._model.classes[best].startswith("@"),
        )


def _calibration(scored: Scored) -> Calibration:
    return LEXICAL if scored.embedding is None else COMBINED


def exact_phrasings(content: Content) -> Mapping[str, tuple[str, Language]]:
    """Every phrasing as it stands: what a button says must lead where it says."""
    return {
        normalized(phrasing): (entry.id, language)
        for entry in content.knowledge.entries.values()
        for phrasing, language in entry.phrasings
    }


def build_index(
    content: Content, encoder: Encoder | None, saved: bytes = b""
) -> tuple[Index, bytes]:
    """Train the index on phrasings, answers and example questions; the same content, the same index.

    Args:
        content: what to learn from.
        encoder: gives sentences a meaning; without one, or with a broken one, the search is a little worse.
        saved: the bytes that an earlier call returned for this same content, to skip the training.

    Returns:
        The index, and the bytes to save; `saved` itself where it could be used.
    """
    model = Model.from_bytes(saved, content.synonyms) if saved else None
    if model is not None:
        return Index(model, content, encoder), saved
    model = training.fit(content, encoder)
    return Index(model, content, encoder), model.to_bytes()
