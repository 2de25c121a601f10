"""When the words are clear enough not to ask the encoder: over authors that were not learned from.

.venv/bin/python bench/cheaply.py      (two minutes; the row of CLEAR_LEAD in faq/search/model.py)
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.folds import bench_encoder, folds
from faq.search import training
from faq.tokens import shortened
from tests.support.content import shipped_content

MARGINS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)


def measured() -> np.ndarray:
    """A row for each message: the lead by words, right by words, right by words and sentence."""
    encoder = bench_encoder()
    rows = []
    for _, learned, asked in folds(shipped_content()):
        model = training.fit(learned, encoder)
        vectors = encoder.encode_corpus([shortened(example.question) for example in asked])
        for example, vector in zip(asked, vectors, strict=True):
            row = model.features.transform(example.question)
            lexical = model.lexical.lexical_scores(*row)
            combined = model.combined.lexical_scores(*row)
            combined += model.whitening.apply(vector) @ model.combined.embedding
            second, best = np.partition(lexical, -2)[-2:]
            right = [
                model.classes[int(scores.argmax())] == example.expected
                for scores in (lexical, combined)
            ]
            rows.append((best - second, *right))
    return np.array(rows, float)


def main() -> None:
    table = measured()
    print(f"{len(table)} messages; those whose words lead by at least …")
    print("lead  share  right by words  right by words and sentence  right in all")
    for margin in MARGINS:
        sure = table[:, 0] >= margin
        words, both = table[sure, 1].mean(), table[sure, 2].mean()
        whole = np.where(sure, table[:, 1], table[:, 2]).mean()
        print(
            f"{margin:4}  {100 * sure.mean():4.1f} %  {100 * words:12.2f} %  {100 * both:25.2f} %"
            f"  {100 * whole:10.2f} %"
        )


if __name__ == "__main__":
    main()
