"""What one question costs: build time, p50/p95/p99, memory and quality, at 150, 400 and 1,000 entries, beside peers.

    make bench-search          (peers live in bench/.venvs/search; nothing of them is in the bot)

Every engine runs in a process of its own. More entries than the content has are made by recombining:
the start of a question of one entry, the end of another's, and a compound of two of their words.
"""

import argparse
import dataclasses
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the bot does
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = (150, 400, 1_000)
TEXTS = 6
ASKED = 300

Entries = list[tuple[str, list[str]]]
"""(id, texts) of each."""
Ask = Callable[[str], object]


def corpus(size: int) -> tuple[Entries, list[tuple[str, str]]]:
    """So many entries, and questions of the real ones that none of them has, each with its entry."""
    from tests.support.content import shipped_content

    whole = shipped_content()
    rng = random.Random(2026)
    real: Entries = []
    for entry in whole.knowledge.entries.values():
        examples = [e.question for e in whole.examples if e.expected == entry.id]
        phrasings = [question for question, _ in entry.phrasings][:2]
        if len(examples) >= TEXTS:
            real.append((entry.id, phrasings + rng.sample(examples, TEXTS - 2)))
    entries = list(real)
    while len(entries) < size:
        entries.append((f"gemaakt-{len(entries)}", recombined(real, rng, len(entries))))
    learned = {text for _, texts in entries for text in texts}
    left = [e for e in whole.examples if e.expected[0] not in "-@" and e.question not in learned]
    return entries, [(e.question, e.expected) for e in rng.sample(left, ASKED)]


def recombined(real: Entries, rng: random.Random, number: int) -> list[str]:
    """The texts of an entry that does not exist."""
    (_, first), (_, second) = rng.sample(real, 2)
    words = [w for t in (*first, *second) for w in t.split() if len(w) > 5 and w.isalpha()]
    own = "".join(rng.sample(words, 2)).lower() if len(words) > 1 else str(number)
    texts = []
    for left, right in zip(rng.sample(first, len(first)), second, strict=False):
        a, b = left.split(), right.split()
        texts.append(" ".join([*a[: len(a) // 2 + 1], own, *b[len(b) // 2 :]]))
    return texts


class CountingEncoder:
    """The encoder, and how often it was asked a query."""

    def __init__(self, encoder):
        self._encoder, self.name, self.queries = encoder, encoder.name, 0

    def encode_corpus(self, texts):
        return self._encoder.encode_corpus(texts)

    def encode_query(self, text):
        self.queries += 1
        return self._encoder.encode_query(text)


def ladderbot(entries: Entries, encoder) -> Ask:
    from faq.examples import Example
    from faq.search.index import build_index
    from tests.support.content import shipped_content

    whole = shipped_content()
    base = next(iter(whole.knowledge.entries.values()))
    known = {
        id_: dataclasses.replace(base, id=id_, questions={"nl": tuple(texts[:2])})
        for id_, texts in entries
    }
    examples = [
        Example(text, id_, "nl", "plain", "made") for id_, texts in entries for text in texts[2:]
    ]
    examples += [e for e in whole.examples if e.expected[0] in "-@"]
    knowledge = dataclasses.replace(whole.knowledge, entries=known)
    recombined_content = dataclasses.replace(whole, knowledge=knowledge, examples=tuple(examples))
    return build_index(recombined_content, encoder)[0].search


def bm25s_(entries: Entries, _) -> Ask:
    import bm25s
    import Stemmer

    stem = Stemmer.Stemmer("dutch")

    def tokens(texts):
        return bm25s.tokenize(texts, stopwords=None, stemmer=stem, show_progress=False)

    index = bm25s.BM25()
    index.index(tokens([text for _, texts in entries for text in texts]), show_progress=False)
    return lambda q: index.retrieve(tokens(q), k=10, show_progress=False)


def tantivy_(entries: Entries, _) -> Ask:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("t", tokenizer_name="nl_stem").build()
    index = tantivy.Index(schema)
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for token_filter in (tantivy.Filter.lowercase(), tantivy.Filter.stemmer("Dutch")):
        analyzer = analyzer.filter(token_filter)
    index.register_tokenizer("nl_stem", analyzer.build())
    writer = index.writer()
    for _, texts in entries:
        for text in texts:
            writer.add_document(tantivy.Document(t=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def clean(q):
        return " ".join("".join(c if c.isalnum() else " " for c in q).split()).lower()

    return lambda q: searcher.search(index.parse_query(clean(q), ["t"]), 10)


def sqlite_(entries: Entries, _) -> Ask:
    base = sqlite3.connect(":memory:")
    base.execute(
        "create virtual table t using fts5(x, id unindexed, tokenize = 'unicode61 remove_diacritics 2')"
    )
    lines = [(text, id_) for id_, texts in entries for text in texts]
    base.executemany("insert into t values (?, ?)", lines)

    def quoted(q):
        words = "".join(c if c.isalnum() else " " for c in q).split()
        return " OR ".join(f'"{word}"' for word in words) or '""'

    return lambda q: base.execute(
        "select id from t where t match ? order by rank limit 10", (quoted(q),)
    ).fetchall()


def scikit_learn(entries: Entries, _) -> Ask:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    both = [TfidfVectorizer(), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))]
    texts = [text for _, texts in entries for text in texts]
    table = hstack([v.fit_transform(texts) for v in both]).T.tocsc()
    return lambda q: (hstack([v.transform([q]) for v in both]) @ table).toarray().argmax()


ENGINES: dict[str, Callable[[Entries, CountingEncoder | None], Ask]] = {
    "ladderbot": ladderbot,
    "ladderbot without encoder": lambda entries, _: ladderbot(entries, None),
    "bm25s": bm25s_,
    "tantivy": tantivy_,
    "SQLite FTS5": sqlite_,
    "scikit-learn TF-IDF": scikit_learn,
}
LONG = ("Wij zijn hier al een tijd mee bezig en weten het niet. " * 200)[:10_000]


def took(ask: Ask, question: str) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    ask(question)
    return 1e3 * (time.perf_counter() - start)


def middle(times: list[float]) -> float | str:
    return round(sorted(times)[len(times) // 2], 2) if times else ""


def measure(engine: str, size: int) -> dict:
    """A row of the table, in this process."""
    import psutil

    entries, lines = corpus(size)
    asked = [question for question, _ in lines]
    encoder = None
    if engine == "ladderbot":
        from bench.folds import bench_encoder

        encoder = CountingEncoder(bench_encoder())
    start = time.perf_counter()
    ask = ENGINES[engine](entries, encoder)
    built = time.perf_counter() - start
    for question in asked[:20]:
        ask(question)
    clear, unclear = times(ask, asked, encoder)
    every = sorted(clear + unclear)
    long_ms = round(took(ask, LONG), 1) if engine.startswith("ladderbot") else ""
    return {
        "engine": engine, "entries": size, "build s": round(built, 1),
        "p50 ms": middle(every),
        "words clear": middle(clear) if encoder else "", "sentence asked": middle(unclear),
        "p95 ms": round(every[int(len(every) * 0.95)], 2),
        "p99 ms": round(every[int(len(every) * 0.99)], 2),
        "memory MB": psutil.Process().memory_info().rss >> 20,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "10,000 letters ms": long_ms,
        **(quality(ask, lines) if engine.startswith("ladderbot") else {"first %": "", "in 3 %": ""}),
    }  # fmt: skip


def quality(ask: Ask, lines: list[tuple[str, str]]) -> dict:
    """Per cent of the questions whose entry is the best match, and one of the best three."""
    ranked = [([m.id for m in ask(question).matches], entry) for question, entry in lines]
    shares = {
        "first %": [ids[:1] == [entry] for ids, entry in ranked],
        "in 3 %": [entry in ids[:3] for ids, entry in ranked],
    }
    return {name: round(100 * sum(hits) / len(hits), 1) for name, hits in shares.items()}


def times(
    ask: Ask, asked: list[str], encoder: CountingEncoder | None
) -> tuple[list[float], list[float]]:
    """Milliseconds of each question that did not ask the encoder, and of those that did."""
    clear, unclear = [], []
    for question in asked:
        before = encoder.queries if encoder else 0
        spent = took(ask, question)
        (unclear if encoder and encoder.queries > before else clear).append(spent)
    return clear, unclear


def run(engine: str, size: int) -> dict | str:
    """The row of one engine, measured in a process of its own; else why it failed."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", engine, str(size)],
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    row: dict = json.loads(done.stdout.splitlines()[-1])
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "SIZE"))
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one[0], int(given.one[1]))))
        return
    keys: list[str] = []
    for size in given.sizes:
        for engine in ENGINES:
            row = run(engine, size)
            if isinstance(row, str):
                print(f"| {engine} | {size} | failed: {row} |")
                continue
            if not keys:
                keys = list(row)
                print("| " + " | ".join(keys) + " |\n|" + "---|" * len(keys))
            print("| " + " | ".join(str(row[key]) for key in keys) + " |", flush=True)


if __name__ == "__main__":
    main()
