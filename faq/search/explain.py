"""Why a match came up, in words that a person understands."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from faq.search.model import Model, Scored
from faq.search.weights import LinearWeights

SHOWN = 6
"""Words that are named for each match."""
MIN_SHOWN = 0.1
"""Log-odds below which a word is not named."""


def explanation(model: Model, scored: Scored, question: str, class_index: int) -> str:
    """One line: how much each word of the question, and its meaning, spoke for a class, in log-odds."""
    weights = model.lexical if scored.embedding is None else model.combined
    by_word = _by_word(model, weights, question, class_index)
    best = sorted(by_word, key=lambda word: -abs(by_word[word]))[:SHOWN]
    parts = [f"{word} {by_word[word]:+.1f}" for word in best if abs(by_word[word]) >= MIN_SHOWN]
    score = sum(by_word.values()) + float(weights.bias[class_index])
    if scored.embedding is not None:
        meaning = float(scored.embedding @ weights.embedding[:, class_index])
        parts.append(f"betekenis van de zin {meaning:+.1f}")
        score += meaning
    return f"  {model.classes[class_index]} {score:+.1f}: {', '.join(parts)}"


def _by_word(
    model: Model, weights: LinearWeights, question: str, class_index: int
) -> Mapping[str, float]:
    """What each word, and each pair of neighbours, adds to the score."""
    words = model.features.tokenize(question)
    columns, values = model.features.transform_words(words)
    contributions = values * weights.of_class(columns, class_index)
    of_column = dict(zip(columns.tolist(), contributions.tolist(), strict=True))
    # What two words share, such as a piece of both, is split between them.
    owners: dict[int, list[str]] = defaultdict(list)
    for name, its_columns in _named_columns(model, words):
        for column in its_columns:
            owners[column].append(name)
    by_word: dict[str, float] = defaultdict(float)
    for column, names in owners.items():
        for name in names:
            by_word[name] += of_column[column] / len(names)
    return by_word


def _named_columns(model: Model, words: list[str]) -> list[tuple[str, list[int]]]:
    """Each word and each pair, with the columns of its features."""

    def columns_of(group: list[str]) -> list[int]:
        columns: list[int] = model.features.transform_words(group)[0].tolist()
        return columns

    named = [(word, columns_of([word])) for word in dict.fromkeys(words)]
    for left, right in dict.fromkeys(pairwise(words)):
        single = {*columns_of([left]), *columns_of([right])}
        pair = [column for column in columns_of([left, right]) if column not in single]
        if pair:
            named.append((f"{left} {right}", pair))
    return named
