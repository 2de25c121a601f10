"""What each ingredient of the search is worth, on lines of a hand that it did not learn from.

    .venv/bin/python bench/ablation.py [--hands 2]

For every variant: how often the best entry or command is right, how often it is among three, and the
AUROC of "anybody knows" against messages that nobody can answer. Exact, but for the time it takes.
"""

import argparse
import dataclasses
import sys
from itertools import islice
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import app
from bench.folds import content, folds
from bot import encoder as door
from faq import lessons
from faq.examples import NOBODY
from faq.synonyms import Synonyms


def without_examples(whole, keep):
    return dataclasses.replace(whole, examples=tuple(e for e in whole.examples if keep(e)))


def a_third(whole):
    """Every third example question."""
    return dataclasses.replace(whole, examples=whole.examples[::3])


VARIANTS = {
    "all of it": (lambda c: c, True),
    "without the sentence vector": (lambda c: c, False),
    "without synonyms": (lambda c: dataclasses.replace(c, synonyms=Synonyms(())), True),
    "with a third of the example questions": (a_third, True),
    "without example questions (phrasings and answers only)": (
        lambda c: without_examples(c, lambda e: e.expected[0] in "-@"),
        True,
    ),
    "without messages that nobody can answer": (
        lambda c: without_examples(c, lambda e: e.expected != NOBODY),
        True,
    ),
}


def auroc(known, unknown):
    """The chance that a question somebody knows scores above one that nobody does."""
    order = np.argsort(np.concatenate([known, unknown]), kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    return (ranks[: len(known)].sum() - len(known) * (len(known) + 1) / 2) / (
        len(known) * len(unknown)
    )


def measure(learned, asked, encoder):
    """Right at once and within three, in both languages; best scores of what is and is not known."""
    model = lessons.fit(learned, encoder)
    nobody = model.classes.index(NOBODY) if NOBODY in model.classes else -1
    right, known, unknown = [], [], []
    for example in asked:
        scores, _ = model.scores(example.question, encoder)
        order = [at for at in np.argsort(-scores) if at != nobody][:3]
        sure = scores[order[0]] - (scores[nobody] if nobody >= 0 else 0)
        if example.expected == NOBODY:
            unknown.append(sure)
            continue
        known.append(sure)
        found = [model.classes[at] for at in order]
        right.append(
            (
                example.language,
                example.style,
                found[0] == example.expected,
                example.expected in found,
            )
        )
    return right, known, unknown


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hands", type=int, default=6, help="how many hands to leave out in turn")
    given = parser.parse_args()
    whole = content(app.ROOT / "faq" / "content")
    encoder = door.load(app.ROOT / "data" / "bench")
    print(f"{len(whole.examples)} example questions; {given.hands} hands left out in turn\n")
    print("| variant | Dutch at once | in three | English at once | chatty at once | AUROC |")
    print("|---|---|---|---|---|---|")
    for name, (change, with_encoder) in VARIANTS.items():
        right, known, unknown = [], [], []
        for _, learned, asked in islice(folds(whole), given.hands):
            some = measure(change(learned), asked, encoder if with_encoder else None)
            right, known, unknown = right + some[0], known + some[1], unknown + some[2]

        def share(at, rows):
            return f"{100 * sum(row[at] for row in rows) / len(rows):.1f}"

        nl = [row for row in right if row[0] == "nl"]
        en = [row for row in right if row[0] == "en"]
        chatty = [row for row in nl if row[1] == "chatty"]
        print(
            f"| {name} | {share(2, nl)} | {share(3, nl)} | {share(2, en)} | {share(2, chatty)} | {auroc(np.array(known), np.array(unknown)):.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
