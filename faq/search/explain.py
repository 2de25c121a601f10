"""Why a match was found, in words that a person understands."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from faq.search.model import Encoder, Model, Weights
from faq.tokens import shortened

SHOWN = 6
"""Words that are named for each match."""
LITTLE = 0.1


def because(model: Model, encoder: Encoder | None, question: str, at: int) -> str:
    """One line: how much each word of the question, and its meaning, spoke for class `at`."""
    looked = model.scores(question, encoder).with_sense
    learned = model.together if looked else model.alone
    spoke = _words(model, learned, question, at)
    best = sorted(spoke, key=lambda word: -abs(spoke[word]))[:SHOWN]
    parts = [f"{word} {spoke[word]:+.1f}" for word in best if abs(spoke[word]) >= LITTLE]
    score = sum(spoke.values()) + float(learned.offsets[at])
    if encoder is not None and looked:
        vector = encoder.encode([shortened(question)])[0]
        meaning = float((vector - model.centre) @ learned.sense[:, at])
        parts.append(f"betekenis van de zin {meaning:+.1f}")
        score += meaning
    return f"  {model.classes[at]} {score:+.1f}: {', '.join(parts)}"


def _words(model: Model, learned: Weights, question: str, at: int) -> Mapping[str, float]:
    """What each word, and each pair of neighbours, adds to the score."""
    found = model.features.split(question)
    columns, weights = model.features.row(question)
    part = weights * learned.of_class(columns, at)
    value = dict(zip(columns.tolist(), part.tolist(), strict=True))
    spoke: dict[str, float] = defaultdict(float)
    # A piece that two words share is split between them.
    owners: dict[int, list[str]] = defaultdict(list)
    for name, has in _named(model, found):
        for column in has:
            owners[column].append(name)
    for column, names in owners.items():
        for name in names:
            spoke[name] += value[column] / len(names)
    return spoke


def _named(model: Model, found: list[str]) -> list[tuple[str, list[int]]]:
    """Each word and each pair, with the columns of its features."""
    groups = [[word] for word in dict.fromkeys(found)]
    named = [(" ".join(group), model.features.row_of(group)[0].tolist()) for group in groups]
    for left, right in dict.fromkeys(pairwise(found)):
        single = set(model.features.row_of([left])[0]) | set(model.features.row_of([right])[0])
        pair = [at for at in model.features.row_of([left, right])[0].tolist() if at not in single]
        if pair:
            named.append((f"{left} {right}", pair))
    return named
