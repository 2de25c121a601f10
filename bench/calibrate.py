"""Finds the scales of faq/search/calibration_data.py by cross-validation over hands, and shows what each threshold would give.

.venv/bin/python bench/calibrate.py > faq/search/calibration_data.py     (the tables go to standard error)
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.folds import bench_encoder, content, folds, without_entries
from faq.examples import OUT_OF_SCOPE, Example
from faq.files import Content
from faq.search import calibration as confidence
from faq.search import classifier as learn
from faq.search import training as lessons
from faq.search.calibration import ConfidenceFeatures
from faq.search.classifier import chances
from faq.search.model import Encoder, Model, clear
from faq.tokens import shortened

ROOT = Path(__file__).resolve().parent.parent
PARTS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One line that the model did not learn from."""

    example: Example
    best: tuple[str, ...]
    signs: ConfidenceFeatures
    with_sense: bool

    @property
    def kind(self) -> str:
        first = self.example.expected[0]
        return "oos" if first == "-" else "command" if first == "@" else self.example.language


class Remembering:
    """An encoder that is asked once for each text: the folds have most texts in common."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self.name = encoder, encoder.name
        self._known: dict[str, np.ndarray] = {}

    def encode_corpus(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._encoder.encode_corpus(new), strict=True))
        return np.array([self._known[text] for text in texts])


def scores(
    model: Model, questions: list[str], encoder: Encoder | None
) -> tuple[np.ndarray, np.ndarray]:
    """As `Model.scores`, of many at once; and of which the sentence was looked at."""
    rows = learn.matrix(model.features, questions)
    found = rows @ model.alone.words.astype(np.float32) + model.alone.offsets
    if not encoder:
        return found, np.zeros(len(questions), bool)
    looked = np.array([not clear(row) for row in found])
    vectors = encoder.encode_corpus([shortened(q) for q in questions])[looked] - model.centre
    both = rows[looked] @ model.together.words.astype(np.float32) + model.together.offsets
    found[looked] = both + vectors @ model.together.sense
    return found, looked


def ask(kept: Content, asked: list[Example], encoder: Encoder | None) -> list[Asked]:
    model = lessons.fit(kept, encoder)
    nobody = model.classes.index(OUT_OF_SCOPE)
    found = []
    tables = scores(model, [e.question for e in asked], encoder)
    for example, row, looked in zip(asked, *tables, strict=True):
        order = [at for at in np.argsort(-row, kind="stable") if at != nobody][:3]
        best = tuple(model.classes[at] for at in order)
        command = best[0].startswith("@")
        length = len(example.question.split())
        signs = confidence.signs(row, order[0], nobody, length, command=command)
        found.append(Asked(example, best, signs, bool(looked)))
    return found


def held_out(
    whole: Content,
    encoder: Encoder | None,
    thin: Callable[[Content], Content] = lambda kept: kept,
    hands: int | None = None,
) -> list[Asked]:
    """Every line, asked of a model that did not learn from its hand; of the first `hands` only, where given."""
    return [
        a for _, kept, asked in islice(folds(whole), hands) for a in ask(thin(kept), asked, encoder)
    ]


def fit(seen: list[Asked], truth: np.ndarray, pull: float = 1.0) -> tuple[np.ndarray, float]:
    """Logistic regression with a little pull towards zero."""
    rows = np.array([a.signs.numbers() for a in seen])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - mean) / spread

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        z = scaled @ flat[:-1] + flat[-1]
        value = np.logaddexp(0, z).sum() - z @ truth + 0.5 * pull * flat[:-1] @ flat[:-1]
        off = chances(z) - truth
        return value, np.append(scaled.T @ off + pull * flat[:-1], off.sum())

    flat = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = flat[:-1] / spread
    return weights, float(flat[-1] - weights @ mean)


def chance(scale: tuple[np.ndarray, float], seen: list[Asked]) -> np.ndarray:
    return chances(np.array([a.signs.numbers() for a in seen]) @ scale[0] + scale[1])


Scales = dict[bool, tuple[np.ndarray, float]]
"""By whether the sentence was looked at."""


def still_due(scales: Scales, seen: list[Asked]) -> np.ndarray:
    """The chance of each line, by the scale that is meant for it."""
    found, looked = np.zeros(len(seen)), np.array([a.with_sense for a in seen])
    for kind in (False, True):
        some = [a for a in seen if a.with_sense is kind]
        if some:
            found[looked == kind] = chance(scales[kind], some)
    return found


def scales(seen: list[Asked], truth: np.ndarray) -> Scales:
    """A scale for lines whose words were enough, and one for those whose sentence was looked at."""
    looked = np.array([a.with_sense for a in seen])
    return {
        kind: fit([a for a in seen if a.with_sense is kind], truth[looked == kind])
        for kind in set(looked.tolist())
    }


def crossed(
    seen: list[Asked], truth: np.ndarray, words: list[Asked], of_words: np.ndarray
) -> np.ndarray:
    """The chance of each line by scales that were fitted on other hands: odd on even, even on odd."""
    names = sorted({a.example.hand for a in seen})[::2]
    found = np.zeros(len(seen))
    half = np.array([a.example.hand in names for a in seen])
    half_of_words = np.array([a.example.hand in names for a in words])
    for side in (True, False):
        made = scales(
            [a for a, ok in zip(seen, half != side, strict=True) if ok], truth[half != side]
        )
        others = half_of_words != side
        if words:
            made[False] = fit(
                [a for a, ok in zip(words, others, strict=True) if ok], of_words[others]
            )
        found[half == side] = still_due(
            made, [a for a, ok in zip(seen, half == side, strict=True) if ok]
        )
    return found


def right_of(seen: list[Asked]) -> tuple[np.ndarray, np.ndarray]:
    """Whether the best was right, and whether one of three was."""
    hit = np.array([float(a.best[0] == a.example.expected) for a in seen])
    return hit, np.array([float(a.example.expected in a.best) for a in seen])


def share(found: np.ndarray, where: np.ndarray) -> str:
    return f"{100 * found[where].mean():5.1f}" if where.any() else "    –"


def table(seen: list[Asked], right: np.ndarray, offer: np.ndarray, ats: tuple[float, ...]) -> str:
    """What each threshold gives, in per cent."""
    kinds, style = np.array([a.kind for a in seen]), np.array([a.example.style for a in seen])
    hit = np.array([a.best[0] == a.example.expected for a in seen])
    hit3 = np.array([a.example.expected in a.best for a in seen])
    scope = (kinds == "nl") | (kinds == "en")
    nl, chatty, typo = kinds == "nl", style == "chatty", style == "typo"
    lines = [
        "answer at  nl once  nl in 3  told wrong  oos answered  en once  en in 3  command  chatty in 3  typo in 3"
    ]
    for at in ats:
        told = right >= at
        found = hit3 & (told & hit | ~told & (offer >= 0.2))
        lines.append(
            f"{at:9.2f} {share(told & hit, nl)}    {share(found, nl)}    {share(told & ~hit, scope)}       "
            f"{share(told, kinds == 'oos')}         {share(told & hit, kinds == 'en')}    {share(found, kinds == 'en')}    "
            f"{share(told & hit, kinds == 'command')}   {share(found, nl & chatty)}        {share(found, nl & typo)}"
        )
    return "\n".join(lines)


def reliability(right: np.ndarray, hit: np.ndarray) -> str:
    lines = []
    for low in np.arange(0, 1, 0.1):
        some = (right >= low) & (right < low + 0.1)
        if some.any():
            lines.append(
                f"  {low:.1f}-{low + 0.1:.1f}  n {some.sum():5}  said {100 * right[some].mean():5.1f}  right {100 * hit[some].mean():5.1f}"
            )
    return "\n".join(lines)


def report(
    name: str, seen: list[Asked], hits: tuple[np.ndarray, np.ndarray], chances: list[np.ndarray]
) -> None:
    print(f"\n{name}, {len(seen)} lines of hands left out", file=sys.stderr)
    print(table(seen, *chances, (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)), file=sys.stderr)
    print(reliability(chances[0], hits[0]), file=sys.stderr)


def tell_missing(whole: Content, encoder: Encoder | None, made: Scales) -> None:
    """How often a question is answered whose entry does not exist."""
    gone = [
        a
        for part in range(PARTS)
        for a in ask(*without_entries(whole, part * 4, PARTS * 4), encoder)
    ]
    fell = still_due(made, gone)
    told = ", ".join(
        f"{at}: {100 * (fell >= at).mean():.1f} %" for at in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
    )
    print(f"{len(gone)} questions whose entry was left out, answered at {told}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=ROOT / "faq" / "content")
    parser.add_argument("--kept", type=Path, default=ROOT / "data" / "bench")
    given = parser.parse_args()
    whole = content(given.content)
    loaded = bench_encoder(given.kept)
    words = held_out(whole, None)
    hits = right_of(words)
    made: dict[bool, list[tuple[np.ndarray, float]]] = {False: [fit(words, hit) for hit in hits]}
    report("without the encoder", words, hits, [crossed(words, hit, words, hit) for hit in hits])
    tell_missing(whole, None, {False: made[False][0]})
    if loaded:
        encoder = Remembering(loaded)
        seen = held_out(whole, encoder)
        of_seen = right_of(seen)
        made[True] = [scales(seen, hit)[True] for hit in of_seen]
        both = [crossed(seen, hit, words, of) for hit, of in zip(of_seen, hits, strict=True)]
        report("with the encoder", seen, of_seen, both)
        tell_missing(whole, encoder, {kind: pair[0] for kind, pair in made.items()})
    out = [
        '"""Made by bench/calibrate.py; see docs/search.md."""',
        "",
        "from faq.search.calibration import Scale",
        "",
    ]
    out.append("SCALES = {")
    for with_sense, pair in sorted(made.items()):
        out.append(f"    {with_sense}: (")
        for weights, offset in pair:
            out.append(
                f"        Scale({tuple(round(float(w), 4) for w in weights)}, {offset:.4f}),"
            )
        out.append("    ),")
    out += [
        "}",
        '"""With the sentence looked at, or its words only: that the best is right, and that one of three is."""',
    ]
    print("\n".join(out))


if __name__ == "__main__":
    main()
