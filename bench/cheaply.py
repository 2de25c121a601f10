"""When the words are clear enough not to ask the encoder: over hands that were not learned from.

.venv/bin/python bench/cheaply.py      (a minute; the row of faq/model.py's SURE_AT and SENSE_GIVES)
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.folds import content, folds
from bot import encoder as door
from faq import lessons
from faq.wording import shortened

ROOT = Path(__file__).resolve().parent.parent


def main():
    encoder = door.load(ROOT / "data" / "learned")
    rows = []
    for _, kept, asked in folds(content(ROOT / "faq" / "content")):
        model = lessons.fit(kept, encoder)
        vectors = encoder.encode([shortened(example.question) for example in asked])
        for example, vector in zip(asked, vectors, strict=True):
            columns, weights = model.features.row(example.question)
            words = weights @ model.weights[columns].astype(np.float32) + model.offsets
            both = words + (vector - model.centre) @ model.sense
            at, second = int(words.argmax()), np.partition(words, -2)[-2]
            right = [model.classes[int(s.argmax())] in example.expected for s in (words, both)]
            rows.append((words[at] - second, *right, both[at] - words[at]))
    table = np.array(rows, float)
    print(f"{len(table)} messages; those with a lead of at least …")
    print("lead  share  right by words  right by both  the encoder gives")
    for lead in (2.0, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0):
        sure = table[table[:, 0] >= lead]
        share, words, both = len(sure) / len(table), sure[:, 1].mean(), sure[:, 2].mean()
        print(
            f"{lead:4}  {100 * share:4.1f} %  {100 * words:12.2f} %  {100 * both:11.2f} %  {sure[:, 3].mean():17.2f}"
        )


main()
