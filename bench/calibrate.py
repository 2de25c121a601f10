"""Finds the scales of faq/scales.py by cross-validation over hands, and shows what each threshold would give.

.venv/bin/python bench/calibrate.py > faq/scales.py     (the tables go to standard error)
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.folds import content, folds, without_entries
from bot import encoder as door
from faq import confidence, learn, lessons
from faq.confidence import Signs
from faq.examples import NOBODY, Example
from faq.files import Content
from faq.learn import chances
from faq.model import Encoder, Model

ROOT = Path(__file__).resolve().parent.parent
PARTS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One line that the model did not learn from."""

    example: Example
    best: tuple[str, ...]
    signs: Signs

    @property
    def kind(self) -> str:
        first = self.example.expected[0]
        return "oos" if first == "-" else "command" if first == "@" else self.example.language


class Remembering:
    """An encoder that is asked once for each text: the folds have most texts in common."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self.name = encoder, encoder.name
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts])


def scores(model: Model, questions: list[str], encoder: Encoder | None) -> np.ndarray:
    found = learn.matrix(model.features, questions) @ model.weights.astype(np.float32)
    if encoder:
        found += (encoder.encode(questions) - model.centre) @ model.sense
    return found + model.offsets


def ask(kept: Content, asked: list[Example], encoder: Encoder | None) -> list[Asked]:
    model = lessons.fit(kept, encoder)
    nobody = model.classes.index(NOBODY)
    found = []
    table = scores(model, [e.question for e in asked], encoder)
    for example, row in zip(asked, table, strict=True):
        order = [at for at in np.argsort(-row, kind="stable") if at != nobody][:3]
        best = tuple(model.classes[at] for at in order)
        command = best[0].startswith("@")
        length = len(example.question.split())
        signs = confidence.signs(row, order[0], nobody, length, command=command)
        found.append(Asked(example, best, signs))
    return found


def held_out(
    whole: Content, encoder: Encoder | None, thin: Callable[[Content], Content] = lambda kept: kept
) -> list[Asked]:
    return [a for _, kept, asked in folds(whole) for a in ask(thin(kept), asked, encoder)]


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=ROOT / "faq" / "content")
    parser.add_argument("--kept", type=Path, default=ROOT / "data" / "bench")
    given = parser.parse_args()
    whole = content(given.content)
    out = [
        '"""Made by bench/calibrate.py; see docs/search.md."""',
        "",
        "from faq.confidence import Scale",
        "",
    ]
    made = []
    loaded = door.load(given.kept)
    for encoder in (Remembering(loaded) if loaded else None, None):
        seen = held_out(whole, encoder)
        gone = [
            a
            for part in range(PARTS)
            for a in ask(*without_entries(whole, part * 4, PARTS * 4), encoder)
        ]
        hit = np.array([float(a.best[0] == a.example.expected) for a in seen])
        hit3 = np.array([float(a.example.expected in a.best) for a in seen])
        # Judged on other lines than it was fitted on: odd on even, even on odd hands.
        hands = np.array([a.example.hand for a in seen])
        names = sorted(set(hands))
        half = np.isin(hands, names[::2])
        right, offer = np.zeros(len(seen)), np.zeros(len(seen))
        for some in (half, ~half):
            learn_from = [a for a, ok in zip(seen, ~some, strict=True) if ok]
            judge = [a for a, ok in zip(seen, some, strict=True) if ok]
            right[some] = chance(fit(learn_from, hit[~some]), judge)
            offer[some] = chance(fit(learn_from, hit3[~some]), judge)
        print(
            f"\n{'with' if encoder else 'without'} the encoder, {len(seen)} lines of hands left out",
            file=sys.stderr,
        )
        print(table(seen, right, offer, (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)), file=sys.stderr)
        print(reliability(right, hit), file=sys.stderr)
        final = fit(seen, hit), fit(seen, hit3)
        fell = chance(final[0], gone)
        told = ", ".join(
            f"{at}: {100 * (fell >= at).mean():.1f} %" for at in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
        )
        print(
            f"questions of {len(gone)} lines whose entry was left out, answered at {told}",
            file=sys.stderr,
        )
        made.append((encoder is not None, final))
    out.append("SCALES = {")
    for with_encoder, pair in made:
        out.append(f"    {with_encoder}: (")
        for weights, offset in pair:
            out.append(
                f"        Scale({tuple(round(float(w), 4) for w in weights)}, {offset:.4f}),"
            )
        out.append("    ),")
    out += [
        "}",
        '"""With an encoder or without: that the best is right, and that it is among the best three."""',
    ]
    print("\n".join(out))


if __name__ == "__main__":
    main()
