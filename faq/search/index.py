"""Question → matches: a classifier learned from the content, and three zones of confidence."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from faq.examples import OUT_OF_SCOPE
from faq.files import Content
from faq.knowledge import Language, plain
from faq.search import training as lessons
from faq.search.calibration import ConfidenceFeatures, PlattScale, signs
from faq.search.calibration_data import SCALES
from faq.search.explain import because
from faq.search.follow_up import asks_anew, leans, questions
from faq.search.model import FORMAT, Encoder, Model, Scored
from faq.search.result import Match, SearchResult, Zone

# Why here: docs/search.md.
ANSWER_AT = 0.7
"""Told as the answer from this probability."""
COMMAND_AT = 0.45
"""A command is carried out from this probability; dialogs ask more where it matters."""
OFFER_AT = 0.02
"""Offered from this probability that one of the three is right."""
TIE = 0.6
"""A second match this near the first makes it a choice: nothing is told."""
ALSO_AT = 0.3
"""The second question of a message is offered from this probability."""
CLEAR_AT = 0.8
"""A message that points to the one before it stands by itself from this probability."""
HINT_AT = 0.02
"""A question that leans on the one before it asks something else from this probability."""
ANSWERED = 4.0
"""How much less likely the entry is that was just told, when something else is asked about it."""
LEANING = 0.7
"""How much a message such as `en voor gemeenten?` is read together with the one before it."""
ENGLISH_AT, SHORT_ENGLISH_AT = 1.0, 2.0
"""A message is English from this score of its words: Dutch when in doubt."""
SHORT = 2
"""Words of a message that is only answered where its words are clear: `4.0` may mean anything."""
SUGGESTIONS = 3
MATCHES = 5


class Index:
    """What a question is held against; built from the content, never changed."""

    def __init__(self, model: Model, content: Content, encoder: Encoder | None) -> None:
        """Use `build` to make one."""
        self._model, self._encoder = model, encoder
        self._exact = exact(content)
        self._nobody = model.classes.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in model.classes else -1

    def search(self, question: str, *, previous: str = "") -> SearchResult:
        """See `faq.search.result.Search`."""
        home = self._exact.get(plain(question))
        if home is not None:
            return SearchResult("answer", (Match(home[0], 1.0),), home[1])
        found = self._read(question, previous)
        asked = questions(question)
        parts = [self._read(part, before) for before, part in pairwise(["", *asked])]
        return _with_second(found, parts)

    def _read(self, question: str, previous: str) -> SearchResult:
        """One question, with the one before it where it leans on that."""
        scored = self._model.scores(question, self._encoder)
        found = self._zone(scored, question)
        if previous and leans(question) and not self._stands(found):
            whole = f"{previous} {question}"
            return self._zone(self._after(previous, question, scored), whole)
        return found

    @staticmethod
    def _stands(found: SearchResult) -> bool:
        """Whether a message is clear by itself, though it points to another."""
        return found.zone == "answer" and found.matches[0].score >= CLEAR_AT

    def _after(self, previous: str, question: str, scored: Scored) -> Scored:
        """A message that leans on the one before it."""
        together = self._model.scores(f"{previous} {question}", self._encoder)
        before = self._model.scores(previous, self._encoder)
        told, own = self._ranked(before.scores)[0], self._ranked(scored.scores)[0]
        seen = self._signs(scored, own, question)
        hint = not seen.command and self._right(scored).chance(seen) >= HINT_AT
        if asks_anew(question) and own != told and hint:
            # Something else about the same subject: not what was just answered.
            found = (scored.scores + together.scores) / 2
            found[told] -= ANSWERED
        else:
            found = LEANING * together.scores + (1 - LEANING) * scored.scores
        return replace(together, scores=found, english=scored.english)

    def _ranked(self, scores: np.ndarray) -> list[int]:
        """The best classes, best first, without the one for nobody."""
        count = min(len(scores), MATCHES + 1)
        some = np.argpartition(-scores, count - 1)[:count]
        order = some[np.lexsort((some, -scores[some]))]
        return [int(at) for at in order if at != self._nobody][:MATCHES]

    def explain(self, question: str) -> str:
        """What matched a question and why, for an organiser."""
        home = self._exact.get(plain(question))
        if home is not None:
            return f"  {home[0]}: dit is een van zijn eigen formuleringen."
        scored = self._model.scores(question, self._encoder)
        order = self._ranked(scored.scores)
        found, seen = self.search(question), self._signs(scored, order[0], question)
        at = COMMAND_AT if seen.command else ANSWER_AT
        told = {"answer": "verteld", "suggest": "aangeboden", "unknown": "niet geweten"}[found.zone]
        head = f"  {told}: kans dat het beste klopt {self._right(scored).chance(seen):.2f} (vertellen vanaf {at})"
        if self._nobody >= 0:
            head += f"; 'niemand weet dit' {scored.scores[self._nobody]:+.1f}"
        lines = [because(self._model, self._encoder, question, at) for at in order[:3]]
        return "\n".join([head, *lines])

    def _signs(self, scored: Scored, best: int, question: str) -> ConfidenceFeatures:
        command, words = self._model.classes[best].startswith("@"), len(question.split())
        return signs(scored.scores, best, self._nobody, words, command=command)

    @staticmethod
    def _right(scored: Scored) -> PlattScale:
        """That the best is right."""
        return SCALES[scored.with_sense][0]

    def _zone(self, scored: Scored, question: str) -> SearchResult:
        scores, short = scored.scores, len(question.split()) <= SHORT
        language: Language = (
            "en" if scored.english > (SHORT_ENGLISH_AT if short else ENGLISH_AT) else "nl"
        )
        order = self._ranked(scores)
        seen = self._signs(scored, order[0], question)
        right, offer = (scale.chance(seen) for scale in SCALES[scored.with_sense])
        shares = np.exp(scores[order] - scores[order[0]])
        matches = tuple(
            Match(self._model.classes[at], round(right * float(share), 4))
            for at, share in zip(order, shares, strict=True)
        )
        zone: Zone = "unknown"
        alone = len(matches) == 1 or matches[1].score <= TIE * matches[0].score
        if not seen.command:
            alone = alone and scored.familiar and (scored.clear or not short)
        if alone and right >= (COMMAND_AT if seen.command else ANSWER_AT):
            zone = "answer"
        elif scored.familiar and offer >= OFFER_AT:
            zone = "suggest"
        elif not scored.familiar:
            matches = ()
        return SearchResult(zone, matches[:SUGGESTIONS] if zone != "answer" else matches, language)


def _with_second(found: SearchResult, parts: Sequence[SearchResult]) -> SearchResult:
    """Of two questions in one message the surer is answered, and the other offered."""
    best = [
        (part.zone == "answer", part.matches[0])
        for part in parts
        if part.matches and (part.zone == "answer" or part.matches[0].score >= ALSO_AT)
    ]
    # A command is offered, not carried out, beside an answer.
    best.sort(key=lambda one: (one[1].id.startswith("@"), not one[0], -one[1].score))
    ids = list(dict.fromkeys(match.id for _, match in best))
    command = bool(found.matches) and found.matches[0].id.startswith("@")
    if len(ids) < 2 or ids[0].startswith("@") or (found.zone == "answer" and command):
        return found
    if not best[0][0]:
        # Neither is sure: both are offered, before what the whole looks like.
        both = {match.id: match for match in (*(match for _, match in best), *found.matches)}
        offered = tuple(both.values())[:SUGGESTIONS]
        return found if found.zone == "answer" else replace(found, zone="suggest", matches=offered)
    if found.zone != "answer" or found.matches[0].id not in ids:
        rest = tuple(match for match in found.matches if match.id != ids[0])
        found = replace(found, zone="answer", matches=(best[0][1], *rest))
    return replace(found, also=next(id_ for id_ in ids if id_ != found.matches[0].id))


def exact(content: Content) -> Mapping[str, tuple[str, Language]]:
    """Every phrasing as it stands: what a button says must lead where it says."""
    return {
        plain(phrasing): (entry.id, language)
        for entry in content.knowledge.entries.values()
        for phrasing, language in entry.phrasings
    }


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
