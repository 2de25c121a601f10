"""Which sentence of an answer is told to who asks on about it, over a table written by hand: excerpts.tsv.

Each line is the id of the entry that the talk is about, the language, what a member says, and words of the
sentence that answers it; `-` where none does.
"""

import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.quality import measured_context
from dialogs.excerpts import excerpt_of
from faq.language import LANGUAGES

READ_ON = date(2026, 11, 29)
"""The day whose answers are held."""
TABLE = Path(__file__).with_suffix(".tsv")


def main() -> int:
    context = measured_context(with_encoder="--without-encoder" not in sys.argv).on(READ_ON)
    counts: Counter[tuple[str, str]] = Counter()
    began = time.perf_counter()
    for line in TABLE.read_text("utf-8").splitlines():
        id_, written_in, text, wanted = line.split("\t")
        language = next(one for one in LANGUAGES if one == written_in)
        excerpt = excerpt_of(context, text, context.knowledge.entries[id_], language)
        shown = " ".join(sentence.plain for sentence in excerpt.sentences)
        group = "has no sentence" if wanted == "-" else "has a sentence"
        told = "nothing" if not shown else "it" if wanted in shown else "another"
        counts[group, told] += 1
        counts[group, f"{told}, sure"] += excerpt.sure
        counts[group, "all"] += 1
    seconds = time.perf_counter() - began
    for (group, told), count in sorted(counts.items()):
        print(f"{group}: {told} {count} ({100 * count / counts[group, 'all']:.0f} %)")
    print(f"{seconds:.1f} s, each sentence encoded once")
    return 0


if __name__ == "__main__":
    sys.exit(main())
