"""Fits the Platt scales of faq/search/calibration_data.py on questions of other origin than what was learned, and shows what each threshold would give.

make fit     (which is: bench/calibrate.py --write; the tables go to standard error; some minutes)
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

from bench.folds import bench_encoder, folds, other_origin, without_entries
from faq.examples import OUT_OF_SCOPE, Example
from faq.files import Content
from faq.search import classifier, training
from faq.search.addressing import Addressing
from faq.search.calibration import ConfidenceFeatures, confidence_features
from faq.search.classifier import sigmoid
from faq.search.encoder import Encoder
from faq.search.model import BARRED, CLEAR_LEAD, Model, lead
from faq.tokens import shortened
from tests.support import ROOT
from tests.support.content import CONTENT, read_content

PARTS = 4
KNOWN_WEIGHT = 0.2
"""How much a line of an entry with examples counts; a line of a new one counts 1.

Real questions lie in between, nearer to the latter: right at first place are 97 % of the former, 80 %
of the latter, 83 % of real ones.
"""
OTHER_WEIGHT = 1.0
"""How much a command counts, and what nobody can answer."""
CALIBRATION = ROOT / "faq" / "search" / "calibration_data.py"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Prediction:
    """One line that the model did not learn from."""

    example: Example
    best: tuple[str, ...]
    features: ConfidenceFeatures
    with_embedding: bool

    @property
    def kind(self) -> str:
        first = self.example.expected[0]
        if first in "-@":
            return "oos" if first == "-" else "command"
        return "new" if self.example.style == "new" else self.example.language

    @property
    def weight(self) -> float:
        """How much it counts in the fit."""
        return {"oos": OTHER_WEIGHT, "command": OTHER_WEIGHT, "new": 1.0}.get(
            self.kind, KNOWN_WEIGHT
        )


class CachedEncoder:
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
    model: Model, content: Content, questions: list[str], encoder: Encoder | None
) -> tuple[np.ndarray, np.ndarray]:
    """As the search scores, of many at once; and of which the sentence was looked at."""
    addressing = Addressing(content, model.classes)
    barred = [
        (n, index) for n, question in enumerate(questions) for index in addressing.barred(question)
    ]
    kept_out = tuple(np.array(barred, int).reshape(-1, 2).T)
    rows = classifier.sparse_matrix(model.features, questions)
    table = rows @ model.lexical.features.astype(np.float32) + model.lexical.bias
    table[kept_out] = BARRED
    if not encoder:
        return table, np.zeros(len(questions), bool)
    unclear = np.array([lead(row) < CLEAR_LEAD for row in table])
    vectors = encoder.encode_corpus([shortened(q) for q in questions])[unclear]
    combined = rows[unclear] @ model.combined.features.astype(np.float32) + model.combined.bias
    table[unclear] = combined + model.whitening.apply(vectors) @ model.combined.embedding
    table[kept_out] = BARRED
    return table, unclear


def predict(
    model: Model, content: Content, asked: list[Example], encoder: Encoder | None
) -> list[Prediction]:
    """What `model`, learned from `content`, makes of each line."""
    out_of_scope = model.classes.index(OUT_OF_SCOPE)
    predictions = []
    tables = scores(model, content, [e.question for e in asked], encoder)
    for example, row, with_embedding in zip(asked, *tables, strict=True):
        order = [i for i in np.argsort(-row, kind="stable") if i != out_of_scope][:3]
        best = tuple(model.classes[i] for i in order)
        features = confidence_features(
            row,
            best=order[0],
            out_of_scope=out_of_scope,
            word_count=len(example.question.split()),
            is_command=best[0].startswith("@"),
        )
        predictions.append(Prediction(example, best, features, bool(with_embedding)))
    return predictions


def held_out(
    whole: Content,
    encoder: Encoder | None,
    thin: Callable[[Content], Content] = lambda learned: learned,
    authors: int | None = None,
) -> list[Prediction]:
    """Every line, asked of a model that did not learn from its author; of the first `authors` only, where given."""
    return [
        p
        for _, learned, asked in islice(folds(whole), authors)
        for p in predict(training.fit(thin(learned), encoder), learned, asked, encoder)
    ]


def of_other_origin(
    whole: Content, encoder: Encoder | None
) -> tuple[list[Prediction], list[Prediction]]:
    """What is made of every line of `other_origin`: with the encoder, and by words alone."""
    predictions, by_words = [], []
    for learned, asked in other_origin(whole):
        model = training.fit(learned, encoder)
        by_words += predict(model, learned, asked, None)
        predictions += predict(model, learned, asked, encoder) if encoder else []
    return predictions, by_words


Scale = tuple[np.ndarray, float]
"""Weights and bias of a logistic regression over the confidence features."""
Scales = dict[bool, Scale]
"""By whether the sentence was looked at."""


def fit(predictions: list[Prediction], truth: np.ndarray, l2: float = 1.0) -> Scale:
    """Logistic regression with a little regularisation."""
    rows = np.array([p.features.to_array() for p in predictions])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - mean) / spread
    counts = np.array([p.weight for p in predictions])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        z = scaled @ flat[:-1] + flat[-1]
        value = counts @ (np.logaddexp(0, z) - z * truth) + 0.5 * l2 * flat[:-1] @ flat[:-1]
        errors = counts * (sigmoid(z) - truth)
        return value, np.append(scaled.T @ errors + l2 * flat[:-1], errors.sum())

    flat = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = flat[:-1] / spread
    return weights, float(flat[-1] - weights @ mean)


def probabilities(scales: Scales, predictions: list[Prediction]) -> np.ndarray:
    """That of each line, by the scale that is meant for it."""
    values = np.zeros(len(predictions))
    with_embedding = np.array([p.with_embedding for p in predictions])
    for kind in (False, True):
        rows = [p.features.to_array() for p in predictions if p.with_embedding is kind]
        if rows:
            weights, bias = scales[kind]
            values[with_embedding == kind] = sigmoid(np.array(rows) @ weights + bias)
    return values


def fit_each(predictions: list[Prediction], truth: np.ndarray) -> Scales:
    """A scale for lines whose words were enough, and one for those whose sentence was looked at."""
    with_embedding = np.array([p.with_embedding for p in predictions])
    return {
        kind: fit(
            [p for p in predictions if p.with_embedding is kind], truth[with_embedding == kind]
        )
        for kind in set(with_embedding.tolist())
    }


def cross_fitted(
    predictions: list[Prediction],
    truth: np.ndarray,
    by_words: list[Prediction],
    truth_by_words: np.ndarray,
) -> np.ndarray:
    """The probability of each line by scales fitted on other authors: odd on even, even on odd.

    The scale for words alone is fitted on `by_words`: the lines as they are without an encoder.
    """
    half_of_authors = sorted({p.example.author for p in predictions})[::2]
    values = np.zeros(len(predictions))
    half = np.array([p.example.author in half_of_authors for p in predictions])
    half_by_words = np.array([p.example.author in half_of_authors for p in by_words])
    for side in (True, False):
        scales = fit_each(_where(predictions, half != side), truth[half != side])
        if by_words:
            others = half_by_words != side
            scales[False] = fit(_where(by_words, others), truth_by_words[others])
        values[half == side] = probabilities(scales, _where(predictions, half == side))
    return values


def _where(predictions: list[Prediction], mask: np.ndarray) -> list[Prediction]:
    return [p for p, chosen in zip(predictions, mask, strict=True) if chosen]


def hits(predictions: list[Prediction]) -> tuple[np.ndarray, np.ndarray]:
    """Whether the best was right, and whether one of three was."""
    hit = np.array([float(p.best[0] == p.example.expected) for p in predictions])
    return hit, np.array([float(p.example.expected in p.best) for p in predictions])


def share(hit: np.ndarray, where: np.ndarray) -> str:
    return f"{100 * hit[where].mean():5.1f}" if where.any() else "    –"


def table(predictions: list[Prediction], right: np.ndarray, offer: np.ndarray) -> str:
    """What each threshold gives, in per cent."""
    kinds = np.array([p.kind for p in predictions])
    hit, hit3 = (values > 0 for values in hits(predictions))
    nl, en, new = kinds == "nl", kinds == "en", kinds == "new"
    lines = [
        "answer at  nl once  nl in 3  told wrong  oos answered  en once  en in 3  command  new once  new in 3  new wrong"
    ]
    for threshold in THRESHOLDS:
        answered = right >= threshold
        once = answered & hit
        in3 = hit3 & (once | ~answered & (offer >= 0.2))
        lines.append(
            f"{threshold:9.2f} {share(once, nl)}    {share(in3, nl)}    "
            f"{share(answered & ~hit, nl | en)}       {share(answered, kinds == 'oos')}         "
            f"{share(once, en)}    {share(in3, en)}    {share(once, kinds == 'command')}   "
            f"{share(once, new)}     {share(in3, new)}     {share(answered & ~hit, new)}"
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


def report(name: str, predictions: list[Prediction], by_words: list[Prediction]) -> None:
    pairs = zip(hits(predictions), hits(by_words), strict=True)
    right, offer = (
        cross_fitted(predictions, hit, by_words, hit_by_words) for hit, hit_by_words in pairs
    )
    print(f"\n{name}, {len(predictions)} lines of authors left out", file=sys.stderr)
    print(table(predictions, right, offer), file=sys.stderr)
    print(reliability(right, hits(predictions)[0]), file=sys.stderr)


def report_missing(whole: Content, encoder: Encoder | None, scales: Scales) -> None:
    """How often a question is answered whose entry does not exist."""
    gone = [
        p
        for part in range(PARTS)
        for learned, asked in [without_entries(whole, part * 4, PARTS * 4)]
        for p in predict(training.fit(learned, encoder), learned, asked, encoder)
    ]
    right = probabilities(scales, gone)
    shares = ", ".join(
        f"{threshold}: {100 * (right >= threshold).mean():.1f} %" for threshold in THRESHOLDS
    )
    print(f"{len(gone)} questions whose entry was left out, answered at {shares}", file=sys.stderr)


def module(calibrations: dict[str, tuple[Scale, Scale]]) -> str:
    """The source of faq/search/calibration_data.py."""
    lines = ['"""Made by bench/calibrate.py; see docs/search.md."""', ""]
    lines += ["from faq.search.calibration import Calibration, PlattScale", ""]
    for name, doc in (
        ("LEXICAL", "Where the words alone decided."),
        ("COMBINED", "Where the sentence was looked at too."),
    ):
        if name not in calibrations:
            continue
        lines.append(f"{name} = Calibration(")
        for part, (weights, bias) in zip(("right", "offer"), calibrations[name], strict=True):
            numbers = [str(round(float(weight), 4)) for weight in weights]
            lines += [f"    {part}=PlattScale((", f"        {', '.join(numbers[:7])},"]
            lines += [f"        {', '.join(numbers[7:])},", f"    ), {bias:.4f}),"]
        lines += [")  # fmt: skip", f'"""{doc}"""']
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=CONTENT)
    parser.add_argument("--kept", type=Path, default=ROOT / "data" / "bench")
    parser.add_argument("--write", action="store_true", help=f"write {CALIBRATION.name}")
    given = parser.parse_args()
    whole, loaded = read_content(given.content), bench_encoder(given.kept)
    encoder = CachedEncoder(loaded) if loaded else None
    predictions, by_words = of_other_origin(whole, encoder)
    lexical = [fit(by_words, hit) for hit in hits(by_words)]
    calibrations = {"LEXICAL": (lexical[0], lexical[1])}
    report("without the encoder", by_words, by_words)
    if encoder:
        combined = [fit_each(predictions, hit)[True] for hit in hits(predictions)]
        calibrations["COMBINED"] = (combined[0], combined[1])
        report("with the encoder", predictions, by_words)
        report_missing(whole, encoder, {False: lexical[0], True: combined[0]})
    if given.write:
        CALIBRATION.write_text(module(calibrations) + "\n", "utf-8")
    else:
        print(module(calibrations))


if __name__ == "__main__":
    main()
