"""The engine on public data with few examples per intent, beside peers, five seeds.

    bench/.venvs/search/bin/python bench/public_data.py FOLDER

FOLDER holds, from the repositories named in docs/search.md: xsid/nl.{valid,test}.conll, datasetsCV/ (HoGent),
data/data_full.json (CLINC150) and banking/{train,test}.csv. The data are not in this repository.
"""

import csv
import dataclasses
import json
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import calibrate
from bench.ablation import auroc
from bench.folds import bench_encoder
from faq.examples import OUT_OF_SCOPE, Example
from faq.files import Content
from faq.search import training
from tests.support import ROOT

SEEDS = range(5)
SHOTS = 10
Pairs = list[tuple[str, str]]


def few(pairs: Pairs, seed: int) -> Pairs:
    by: dict[str, list[str]] = defaultdict(list)
    for text, label in pairs:
        by[label].append(text)
    rng = random.Random(seed)
    return [(t, k) for k, ts in sorted(by.items()) for t in rng.sample(ts, min(SHOTS, len(ts)))]


def conll(file: Path) -> Pairs:
    lines = file.read_text("utf-8").splitlines()
    texts = [line[8:] for line in lines if line.startswith("# text: ")]
    intents = [line[10:] for line in lines if line.startswith("# intent: ")]
    return list(zip(texts, intents, strict=True))


def table(file: Path, text: int, label: int, *, head: bool) -> Pairs:
    with file.open(encoding="utf-8", newline="") as opened:
        return [(row[text], row[label]) for row in list(csv.reader(opened))[head:] if len(row) == 2]


def sets(folder: Path) -> Iterator[tuple[str, list[tuple[Pairs, Pairs, list[str], list[str]]]]]:
    """(name, for each seed: learn from, ask, out of scope to learn from, out of scope to ask)."""
    pool, asked = (
        conll(folder / "xsid" / "nl.valid.conll"),
        conll(folder / "xsid" / "nl.test.conll"),
    )
    yield "xSID Dutch", [(few(pool, s), asked, [], []) for s in SEEDS]
    cv = folder / "datasetsCV"
    yield "HoGent bus bot, Dutch (its five folds)", [
        (table(cv / f"noEntityFold{n}Train.csv", 1, 0, head=False), table(cv / f"noEntityFold{n}Test.csv", 1, 0, head=False), [], [])
        for n in range(1, 6)
    ]  # fmt: skip
    clinc = json.loads((folder / "data" / "data_full.json").read_text("utf-8"))
    pool, asked = [list(map(tuple, clinc[part])) for part in ("train", "test")]
    outside = [[t for t, _ in clinc[part]] for part in ("oos_train", "oos_test")]
    yield "CLINC150, English", [(few(pool, s), asked, *outside) for s in SEEDS]
    bank = folder / "banking"
    pool, asked = (table(bank / f"{part}.csv", 0, 1, head=True) for part in ("train", "test"))
    yield "banking77, English", [(few(pool, s), asked, [], []) for s in SEEDS]


def ours(encoder):
    """The engine as it is: every text is an example question, and there is nothing else to learn from."""

    def run(known: Pairs, asked: list[str], nobody: list[str]):
        examples = [Example(text, label, "nl", "plain", "data") for text, label in known]
        examples += [Example(text, OUT_OF_SCOPE, "nl", "plain", "data") for text in nobody]
        whole = dataclasses.replace(Content.empty(), examples=tuple(examples))
        model = training.fit(whole, encoder)
        scores, _ = calibrate.scores(model, asked, encoder)
        outside = 0
        if nobody:
            outside = scores[:, model.classes.index(OUT_OF_SCOPE)].copy()
            scores[:, model.classes.index(OUT_OF_SCOPE)] = -np.inf
        return model.classes, scores, scores.max(axis=1) - outside

    return run


def linear(known: Pairs, asked: list[str], nobody: list[str]):
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    both = [
        TfidfVectorizer(sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    ]
    texts, labels = [t for t, _ in known] + nobody, [k for _, k in known] + ["-"] * len(nobody)
    model = LinearSVC().fit(hstack([v.fit_transform(texts) for v in both]), labels)
    scores = model.decision_function(hstack([v.transform(asked) for v in both]))
    classes = list(model.classes_)
    outside = scores[:, classes.index("-")].copy() if nobody else 0
    if nobody:
        scores[:, classes.index("-")] = -np.inf
    return classes, scores, scores.max(axis=1) - outside


def cosine(known: Pairs, asked: list[str], _: list[str]):
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    both = [TfidfVectorizer(), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))]
    rows = hstack([v.fit_transform([t for t, _ in known]) for v in both])
    return by_text(known, (hstack([v.transform(asked) for v in both]) @ rows.T).toarray())


def bm25(known: Pairs, asked: list[str], _: list[str]):
    import bm25s
    import Stemmer

    stem = Stemmer.Stemmer("dutch")

    def cut(texts: list[str]):
        return bm25s.tokenize(
            texts, stopwords=None, stemmer=stem, show_progress=False, return_ids=False
        )

    index = bm25s.BM25()
    index.index(cut([t for t, _ in known]), show_progress=False)
    return by_text(
        known, np.array([index.get_scores(q) if q else np.zeros(len(known)) for q in cut(asked)])
    )


def by_text(known: Pairs, scores: np.ndarray):
    classes = sorted({k for _, k in known})
    best = np.full((len(scores), len(classes)), -np.inf)
    for n, (_, label) in enumerate(known):
        column = classes.index(label)
        best[:, column] = np.maximum(best[:, column], scores[:, n])
    return classes, best, best.max(axis=1)


def shown(values: list[float], digits: int = 1) -> str:
    return f"{statistics.mean(values):.{digits}f} ± {statistics.stdev(values):.{digits}f}"


def row(engine, seeds) -> list[str]:
    """Right at once, right in three and AUROC, over the seeds."""
    once, three, areas = [], [], []
    for known, asked, nobody, outside in seeds:
        classes, scores, confidence = engine(known, [text for text, _ in asked] + outside, nobody)
        order = (-scores).argsort(axis=1)[: len(asked), :3]
        best = [[classes[column] for column in columns] for columns in order]
        wanted = [label for _, label in asked]
        once.append(100 * np.mean([b[0] == w for b, w in zip(best, wanted, strict=True)]))
        three.append(100 * np.mean([w in b for b, w in zip(best, wanted, strict=True)]))
        if outside:
            areas.append(auroc(confidence[: len(asked)], confidence[len(asked) :]))
    return [shown(once), shown(three), shown(areas, 3) if areas else ""]


def main() -> None:
    encoder = bench_encoder(ROOT / "data" / "bench-public")
    engines = {
        "bm25s, Dutch stemmer": bm25,
        "TF-IDF word+char, cosine": cosine,
        "TF-IDF word+char, linear SVM": linear,
        "ladderbot without encoder": ours(None),
        "ladderbot": ours(encoder),
    }
    print("| data | engine | right at once | in three | AUROC |\n|---|---|---|---|---|")
    for name, seeds in sets(Path(sys.argv[1])):
        for engine, run in engines.items():
            print(f"| {name} | {engine} | {' | '.join(row(run, seeds))} |", flush=True)


if __name__ == "__main__":
    main()
