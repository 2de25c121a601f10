"""What each ingredient of the search gives: the table of docs/search.md, by cross-validation over authors.

.venv/bin/python bench/ablation.py [--style STYLE] [NAME …]
"""

import argparse
import contextlib
import dataclasses
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import calibrate
from bench.calibrate import CachedEncoder, Prediction
from bench.folds import authors, bench_encoder, is_question
from faq.files import Content
from faq.search import classifier, features
from faq.search.calibration import SIZE, ConfidenceFeatures
from faq.search.meaning import Whitening
from faq.search.spelling import SpellingCorrector
from faq.synonyms import Synonyms
from tests.support.content import shipped_content

MAX_ANSWERED = 0.05
"""The part of the out-of-scope lines that may be answered when variants are compared."""
AUTHORS = 4
"""Left out in turn: the first four, of which three also with a third of the commands and of what nobody can answer."""

Change = tuple[object, str, object]
"""An object, the name of a constant or function of it, and what that is instead."""
Thin = Callable[[Content], Content]
"""Learns from only some of the examples; what is asked stays the same."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The engine with something left out or changed."""

    name: str
    content: Content
    encoder: CachedEncoder | None
    changes: tuple[Change, ...] = ()
    thin: Thin = lambda learned: learned


@contextlib.contextmanager
def changed(changes: tuple[Change, ...]) -> Iterator[None]:
    """The constants and functions are others for a while."""
    before = [(where, name, getattr(where, name)) for where, name, _ in changes]
    for where, name, value in changes:
        setattr(where, name, value)
    try:
        yield
    finally:
        for where, name, value in before:
            setattr(where, name, value)


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def without_length(f: ConfidenceFeatures) -> np.ndarray:
    seven = np.array([f.best, f.out_of_scope, f.margin, 0, 0, 0, 0])
    return np.concatenate([seven, [1.0], seven] if f.is_command else [seven, np.zeros(8)])


def best_score_only(f: ConfidenceFeatures) -> np.ndarray:
    return np.pad(np.array([f.best]), (0, SIZE - 1))


def centred(vectors: np.ndarray, _: np.ndarray) -> Whitening:
    """Only the mean taken away."""
    return Whitening(vectors.mean(axis=0), np.eye(vectors.shape[1], dtype=np.float32))


def fewer(whole: Content, count: int) -> Content:
    """Only so many of the authors of questions."""
    gone = set(authors(whole)[count:])
    examples = tuple(e for e in whole.examples if e.author not in gone)
    return dataclasses.replace(whole, examples=examples)


def thinned(keep: Callable) -> Thin:
    return lambda learned: dataclasses.replace(
        learned, examples=tuple(e for n, e in enumerate(learned.examples) if keep(n, e))
    )


def without_answers(whole: Content) -> Content:
    entries = {
        id_: dataclasses.replace(
            entry, answer=dataclasses.replace(entry.answer, nl=entry.questions_nl[0], en="")
        )
        for id_, entry in whole.knowledge.entries.items()
    }
    return dataclasses.replace(
        whole, knowledge=dataclasses.replace(whole.knowledge, entries=entries)
    )


def of_engine(whole: Content, encoder: CachedEncoder | None) -> Iterator[Variant]:
    """The engine with other parts or constants."""
    always = (calibrate, "CLEAR_LEAD", np.inf)
    char_ngrams, stem_ngrams = features.EXTRACTORS
    as_it_is: Callable = lambda _, words: list(words)  # noqa: E731
    of_confidence = (ConfidenceFeatures, "to_array")
    yield Variant(name="the engine", content=whole, encoder=encoder)
    yield Variant(name="… without the encoder", content=whole, encoder=None)
    for name, changes in (
        ("… the encoder always asked", (always,)),
        (
            "… only the encoder",
            ((features, "EXTRACTORS", (lambda words: iter(words[:0]),)), always),
        ),
        ("… without character n-grams", ((features, "EXTRACTORS", (stem_ngrams,)),)),
        ("… without stems and pairs", ((features, "EXTRACTORS", (char_ngrams,)),)),
        ("… character n-grams of 2 to 5", ((features, "NGRAM_RANGE", (2, 5)),)),
        ("… without spelling correction", ((SpellingCorrector, "correct", as_it_is),)),
        ("… one softmax over all classes", ((classifier, "sigmoid", softmax),)),
        ("… sentence vectors as the encoder gives them", ((Whitening, "fit", centred),)),
        ("… no features left out in learning", ((classifier, "DROPOUT", 0.0),)),
        ("… classes of few texts as they are", ((classifier, "MAX_LIFT", 1.0),)),
        (
            "… nor a bonus for them",
            ((classifier, "MAX_LIFT", 1.0), (classifier, "PRIOR_SHARE", 0.0)),
        ),
        ("… the scale without length", ((*of_confidence, without_length),)),
        ("… the scale of the best score only", ((*of_confidence, best_score_only),)),
    ):
        yield Variant(name=name, content=whole, encoder=encoder, changes=changes)


def of_content(whole: Content, encoder: CachedEncoder | None) -> Iterator[Variant]:
    """The engine with less to learn from."""
    no_synonyms = dataclasses.replace(whole, synonyms=Synonyms(()))
    no_answers = without_answers(whole)
    third = thinned(lambda n, _: n % 3 == 0)
    # As a new entry is: what its phrasings, its answer and the synonyms give by themselves.
    new = thinned(lambda _, e: not is_question(e))
    for name, less, thin in (
        ("… without synonyms", no_synonyms, None),
        ("… without answers", no_answers, None),
        ("… with a third of the example questions", whole, third),
        ("… with no example questions of entries", whole, new),
        ("… nor answers", no_answers, new),
        ("… nor synonyms", no_synonyms, new),
        (f"… with 8 authors instead of {len(authors(whole))}", fewer(whole, 8), None),
        (f"… with 4 authors instead of {len(authors(whole))}", fewer(whole, 4), None),
    ):
        variant = Variant(name=name, content=less, encoder=encoder)
        yield dataclasses.replace(variant, thin=thin) if thin else variant


def measure(variant: Variant, style: str) -> str:
    start = time.perf_counter()
    with changed(variant.changes):
        predictions = calibrate.held_out(variant.content, variant.encoder, variant.thin, AUTHORS)
        cells = " | ".join(figures(predictions, style))
    return f"| {variant.name} | {cells} | {time.perf_counter() - start:4.0f} |"


def figures(predictions: list[Prediction], style: str) -> list[str]:
    """The cells of a row of the table."""
    hit, hit3 = calibrate.hits(predictions)
    by_words = [p for p in predictions if not p.with_embedding]
    right = calibrate.cross_fitted(predictions, hit, by_words, calibrate.hits(by_words)[0])
    kinds = np.array([p.kind for p in predictions])
    if style:
        kinds[(kinds != "oos") & [p.example.style != style for p in predictions]] = "another style"
    oos, scope = kinds == "oos", np.isin(kinds, ("nl", "en"))
    answered = right > np.quantile(right[oos], 1 - MAX_ANSWERED)
    shown = ("nl", "en", "command")
    once = [f"{100 * (answered & (hit > 0))[kinds == k].mean():.1f}" for k in shown]
    return [
        *(f"{100 * hit[kinds == k].mean():.1f}/{100 * hit3[kinds == k].mean():.1f}" for k in shown),
        f"{auroc(right[scope & (hit > 0)], right[oos]):.3f}",
        *once,
        f"{100 * (answered & (hit == 0))[scope].mean():.1f}",
    ]


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """The area under the ROC curve (Mann-Whitney): how often one inside is above one outside."""
    ranks = np.concatenate([inside, outside]).argsort().argsort() + 1
    count = len(inside)
    return (ranks[:count].sum() - count * (count + 1) / 2) / (count * len(outside))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--style", default="", help="only questions of this style count")
    parser.add_argument("names", nargs="*", help="only variants with one of these in their name")
    given = parser.parse_args()
    whole, loaded = shipped_content(), bench_encoder()
    encoder = CachedEncoder(loaded) if loaded else None
    print(
        "| variant | Dutch | English | commands | AUROC | Dutch once | English once | commands | told wrong | s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for variant in (*of_engine(whole, encoder), *of_content(whole, encoder)):
        if not given.names or any(name in variant.name for name in given.names):
            print(measure(variant, given.style), flush=True)


if __name__ == "__main__":
    main()
