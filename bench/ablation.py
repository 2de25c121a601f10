"""What each ingredient of the search gives: the table of docs/search.md, by cross-validation over hands.

.venv/bin/python bench/ablation.py [NAME …]
"""

import contextlib
import dataclasses
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import calibrate
from bench.calibrate import ROOT, Asked, Remembering
from bench.folds import askers, bench_encoder, content, is_question
from faq.files import Content
from faq.search import calibration as confidence
from faq.search import classifier as learn
from faq.search import features, model
from faq.search import training as lessons
from faq.search.spelling import SpellingCorrector
from faq.synonyms import Synonyms

AT_MOST = 0.05
"""The part of the out-of-scope lines that may be answered when variants are compared."""


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@contextlib.contextmanager
def changed(where: object, name: str, value: object) -> Iterator[None]:
    """The constant or function `name` is another for a while."""
    before = getattr(where, name)
    setattr(where, name, value)
    features._pieces.cache_clear()
    try:
        yield
    finally:
        setattr(where, name, before)
        features._pieces.cache_clear()


def only(family: Callable) -> Callable:
    """Features.learn with one family of features."""

    def made(texts, spelt, synonyms):
        mender = SpellingCorrector.learn(features.words(text) for text in spelt)
        found = [features.Features(synonyms, mender, []).split(text) for text in texts]
        return features.Features(synonyms, mender, [features.TfidfBlock.learn(family, found)])

    return made


def without_length(self: confidence.ConfidenceFeatures) -> np.ndarray:
    some = np.array([self.best, self.nobody, self.share, 0, 0, 0, 0])
    return np.concatenate([some, [1.0], some]) if self.command else np.pad(some, (0, 8))


def one_sign(self: confidence.ConfidenceFeatures) -> np.ndarray:
    return np.pad(np.array([self.best]), (0, confidence.NUMBERS - 1))


def fewer(whole: Content, hands: int) -> Content:
    """Only so many of the askers."""
    gone = set(askers(whole)[hands:])
    return dataclasses.replace(
        whole, examples=tuple(e for e in whole.examples if e.hand not in gone)
    )


def thinned(keep: Callable) -> Callable[[Content], Content]:
    """Learns from only some of the examples; what is asked stays the same."""
    return lambda kept: dataclasses.replace(
        kept, examples=tuple(e for n, e in enumerate(kept.examples) if keep(n, e))
    )


HANDS = 4
"""Left out in turn: the first four, of which three also with a third of the commands and of what nobody can answer."""
STYLE: list[str] = []
"""Only questions of this style count, where one is given."""


def measure(
    name: str, whole: Content, encoder: Remembering | None, thin: Callable = lambda kept: kept
) -> str:
    start = time.perf_counter()
    seen = calibrate.held_out(whole, encoder, thin, HANDS)
    spent = time.perf_counter() - start
    return row(name, seen) + f" {spent:4.0f} |"


def row(name: str, seen: list[Asked]) -> str:
    hit, hit3 = calibrate.right_of(seen)
    kinds = np.array([a.kind for a in seen])
    words = [a for a in seen if not a.with_sense]
    right = calibrate.crossed(seen, hit, words, calibrate.right_of(words)[0])
    if STYLE:
        kinds[(kinds != "oos") & [a.example.style not in STYLE for a in seen]] = "another style"
    oos, scope = kinds == "oos", np.isin(kinds, ("nl", "en"))
    told = right > np.quantile(right[oos], 1 - AT_MOST)
    order = right.argsort().argsort() + 1
    positives = scope & (hit > 0)
    pairs = positives.sum() * oos.sum()
    auroc = (order[positives | oos].argsort().argsort() + 1)[positives[positives | oos]].sum()
    auroc = (auroc - positives.sum() * (positives.sum() + 1) / 2) / pairs
    cells = [
        f"{100 * hit[kinds == k].mean():.1f}/{100 * hit3[kinds == k].mean():.1f}"
        for k in ("nl", "en", "command")
    ]
    cells += [f"{auroc:.3f}"]
    cells += [f"{100 * (told & (hit > 0))[kinds == k].mean():.1f}" for k in ("nl", "en", "command")]
    cells += [f"{100 * (told & (hit == 0))[scope].mean():.1f}"]
    return f"| {name} | " + " | ".join(cells) + " |"


def variants(
    whole: Content, encoder: Remembering | None
) -> Iterator[tuple[str, Callable[[], str]]]:
    def plain(name, content=whole, sense=encoder, *changes):
        def run() -> str:
            with contextlib.ExitStack() as stack:
                for where, what, value in changes:
                    stack.enter_context(changed(where, what, value))
                return measure(name, content, sense)

        return name, run

    def given(name, content, thin):
        return name, lambda: measure(name, content, encoder, thin)

    without_answers = dataclasses.replace(whole, knowledge=dataclasses.replace(whole.knowledge, entries={
        id_: dataclasses.replace(e, answer=dataclasses.replace(e.answer, nl=e.questions_nl[0], en=""))
        for id_, e in whole.knowledge.entries.items()
    }))  # fmt: skip
    yield plain("the engine")
    yield plain("… without the encoder", whole, None)
    yield plain("… the encoder always asked", whole, encoder, (model, "CLEAR_AT", np.inf))
    yield plain(
        "… only the encoder",
        whole,
        encoder,
        (lessons.Features, "learn", only(lambda found: iter(found[:0]))),
        (model, "CLEAR_AT", np.inf),
    )
    yield plain(
        "… without pieces of words",
        whole,
        encoder,
        (lessons.Features, "learn", only(features.stems)),
    )
    yield plain(
        "… without stems and pairs",
        whole,
        encoder,
        (lessons.Features, "learn", only(features.pieces)),
    )
    yield plain("… pieces of 2 to 5", whole, encoder, (features, "GRAMS", (2, 5)))
    yield plain(
        "… without mending",
        whole,
        encoder,
        (SpellingCorrector, "mend", lambda _, words: list(words)),
    )
    yield plain("… without synonyms", dataclasses.replace(whole, synonyms=Synonyms(())))
    yield plain("… without answers", without_answers)
    yield plain("… one softmax over all classes", whole, encoder, (learn, "chances", _softmax))
    yield plain("… sentence vector twice as long", whole, encoder, (lessons, "SENSE", 1.2))
    yield plain(
        "… the scale without length",
        whole,
        encoder,
        (confidence.ConfidenceFeatures, "numbers", without_length),
    )
    yield plain(
        "… the scale of one sign",
        whole,
        encoder,
        (confidence.ConfidenceFeatures, "numbers", one_sign),
    )
    third = thinned(lambda n, _: n % 3 == 0)
    yield given("… with a third of the example questions", whole, third)
    # As a new entry is: what its phrasings, its answer and the synonyms give by themselves.
    new = thinned(lambda _, e: not is_question(e))
    yield given("… with no example questions of entries", whole, new)
    yield given("… nor answers", without_answers, new)
    yield given("… nor synonyms", dataclasses.replace(whole, synonyms=Synonyms(())), new)
    for hands in (8, 4):
        yield plain(f"… with {hands} askers instead of {len(askers(whole))}", fewer(whole, hands))


def main() -> None:
    names = sys.argv[1:]
    if names[:1] == ["--style"]:
        STYLE.append(names[1])
        names = names[2:]
    whole = content(ROOT / "faq" / "content")
    loaded = bench_encoder()
    encoder = Remembering(loaded) if loaded else None
    print(
        "| variant | Dutch | English | commands | AUROC | Dutch once | English once | commands | told wrong | s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, run in variants(whole, encoder):
        if not names or any(wanted in name for wanted in names):
            print(run(), flush=True)


if __name__ == "__main__":
    main()
