"""When the words are clear enough not to ask the encoder: over hands that were not learned from.

.venv/bin/python bench/cheaply.py      (two minutes; the row of CLEAR_AT in faq/search/model.py)
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.folds import bench_encoder, content, folds
from faq.search import training as lessons
from faq.tokens import shortened

ROOT = Path(__file__).resolve().parent.parent


def main():
    encoder = bench_encoder()
    rows = []
    for _, kept, asked in folds(content(ROOT / "faq" / "content")):
        model = lessons.fit(kept, encoder)
        vectors = encoder.encode_corpus([shortened(example.question) for example in asked])
        for example, vector in zip(asked, vectors, strict=True):
            row = model.features.row(example.question)
            alone = model.alone.of_words(*row)
            both = model.together.of_words(*row) + (vector - model.centre) @ model.together.sense
            second, best = np.partition(alone, -2)[-2:]
            right = [model.classes[int(s.argmax())] == example.expected for s in (alone, both)]
            rows.append((best - second, *right))
    table = np.array(rows, float)
    print(f"{len(table)} messages; those whose words lead by at least …")
    print("lead  share  right by words  right by words and sentence  right in all")
    for lead in (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0):
        sure = table[:, 0] >= lead
        words, both = table[sure, 1].mean(), table[sure, 2].mean()
        whole = np.where(sure, table[:, 1], table[:, 2]).mean()
        print(
            f"{lead:4}  {100 * sure.mean():4.1f} %  {100 * words:12.2f} %  {100 * both:25.2f} %"
            f"  {100 * whole:10.2f} %"
        )


main()
