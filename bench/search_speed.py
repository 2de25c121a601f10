"""What one question costs: build time, p50/p95/p99 and memory, at 86, 1,000 and 10,000 entries, beside peers.

    make bench-search          (peers live in bench/.venvs/search; nothing of them is in the bot)

Every engine runs in a process of its own. More entries than the content has are made by recombining:
the start of a question of one entry, the end of another's, and a compound of two of their words.
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the bot does
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SIZES = (86, 1_000, 10_000)
TEXTS = 6
ASKED = 300
ENGINES = (
    "ladderbot",
    "ladderbot without encoder",
    "bm25s",
    "tantivy",
    "SQLite FTS5",
    "scikit-learn TF-IDF",
)


def made(entries: int) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """(id, texts) of so many entries, and questions to ask."""
    from bench.folds import content

    whole = content(ROOT / "faq" / "content")
    chance = random.Random(2026)
    found = []
    for entry in whole.knowledge.entries.values():
        mine = [e.question for e in whole.examples if e.expected == entry.id]
        found.append(
            (entry.id, [q for q, _ in entry.phrasings][:2] + chance.sample(mine, TEXTS - 2))
        )
    real = list(found)
    while len(found) < entries:
        (_, first), (_, second) = chance.sample(real, 2)
        words = [w for t in (*first, *second) for w in t.split() if len(w) > 5 and w.isalpha()]
        own = "".join(chance.sample(words, 2)).lower() if len(words) > 1 else str(len(found))
        texts = []
        for left, right in zip(chance.sample(first, len(first)), second, strict=False):
            a, b = left.split(), right.split()
            texts.append(" ".join([*a[: len(a) // 2 + 1], own, *b[len(b) // 2 :]]))
        found.append((f"gemaakt-{len(found)}", texts))
    held = [e.question for e in whole.examples]
    return found, chance.sample(held, ASKED)


def ladderbot(entries, encoder):
    import dataclasses

    from bench.folds import content
    from faq.examples import Example
    from faq.search import index as search

    whole = content(ROOT / "faq" / "content")
    base = next(iter(whole.knowledge.entries.values()))
    known = {
        id_: dataclasses.replace(base, id=id_, questions_nl=tuple(texts[:2]), questions_en=())
        for id_, texts in entries
    }
    examples = [Example(t, id_, "nl", "plain", "made") for id_, texts in entries for t in texts[2:]]
    examples += [e for e in whole.examples if e.expected[0] in "-@"]
    knowledge = dataclasses.replace(whole.knowledge, entries=known)
    made_up = dataclasses.replace(whole, knowledge=knowledge, examples=tuple(examples))
    return search.build(made_up, encoder)[0].search


class Counted:
    """The encoder, and how often it was asked."""

    def __init__(self, encoder):
        self._encoder, self.name, self.times = encoder, encoder.name, 0

    def encode_corpus(self, texts):
        return self._encoder.encode_corpus(texts)

    def encode_query(self, text):
        self.times += 1
        return self._encoder.encode_query(text)


ENCODER: list[Counted] = []
"""Of the engine that is measured, where it has one."""


def build(engine: str, entries):
    ids = [id_ for id_, texts in entries for _ in texts]
    texts = [t for _, some in entries for t in some]
    if engine.startswith("ladderbot"):
        from bench.folds import bench_encoder

        if "without" in engine:
            return ladderbot(entries, None)
        ENCODER.append(Counted(bench_encoder()))
        return ladderbot(entries, ENCODER[0])
    if engine == "bm25s":
        import bm25s
        import Stemmer

        stem = Stemmer.Stemmer("dutch")
        index = bm25s.BM25()
        index.index(
            bm25s.tokenize(texts, stopwords=None, stemmer=stem, show_progress=False),
            show_progress=False,
        )
        return lambda q: index.retrieve(
            bm25s.tokenize(q, stopwords=None, stemmer=stem, show_progress=False),
            k=10,
            show_progress=False,
        )
    if engine == "tantivy":
        import tantivy

        schema = tantivy.SchemaBuilder().add_text_field("t", tokenizer_name="nl_stem").build()
        index = tantivy.Index(schema)
        index.register_tokenizer(
            "nl_stem",
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stemmer("Dutch"))
            .build(),
        )
        writer = index.writer()
        for text in texts:
            writer.add_document(tantivy.Document(t=text))
        writer.commit()
        index.reload()
        searcher = index.searcher()

        def clean(q):
            return " ".join("".join(c if c.isalnum() else " " for c in q).split()).lower()

        return lambda q: searcher.search(index.parse_query(clean(q), ["t"]), 10)
    if engine == "SQLite FTS5":
        base = sqlite3.connect(":memory:")
        base.execute(
            "create virtual table t using fts5(x, id unindexed, tokenize = 'unicode61 remove_diacritics 2')"
        )
        base.executemany("insert into t values (?, ?)", zip(texts, ids, strict=True))

        def quoted(q):
            return (
                " OR ".join(f'"{w}"' for w in "".join(c if c.isalnum() else " " for c in q).split())
                or '""'
            )

        return lambda q: base.execute(
            "select id from t where t match ? order by rank limit 10", (quoted(q),)
        ).fetchall()
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    both = [TfidfVectorizer(), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))]
    table = hstack([v.fit_transform(texts) for v in both]).T.tocsc()
    return lambda q: (hstack([v.transform([q]) for v in both]) @ table).toarray().argmax()


def one(engine: str, size: int) -> dict:
    entries, asked = made(size)
    start = time.perf_counter()
    ask = build(engine, entries)
    built = time.perf_counter() - start
    for question in asked[:20]:
        ask(question)
    spent, clear, unclear = [], [], []
    for question in asked:
        before = ENCODER[0].times if ENCODER else 0
        start = time.perf_counter()
        ask(question)
        took = 1e3 * (time.perf_counter() - start)
        spent.append(took)
        if ENCODER:
            (clear if ENCODER[0].times == before else unclear).append(took)
    long = "Wij zijn hier al een tijd mee bezig en weten het niet. " * 200
    start = time.perf_counter()
    ask(long[:10_000]) if engine.startswith("ladderbot") else None
    long_ms = 1e3 * (time.perf_counter() - start)
    import psutil

    spent.sort()
    middle = lambda some: round(sorted(some)[len(some) // 2], 2) if some else ""  # noqa: E731
    return {
        "engine": engine, "entries": size, "build s": round(built, 1),
        "p50 ms": middle(spent), "words clear": middle(clear), "sentence asked": middle(unclear),
        "p95 ms": round(spent[int(len(spent) * 0.95)], 2),
        "p99 ms": round(spent[int(len(spent) * 0.99)], 2),
        "memory MB": psutil.Process().memory_info().rss >> 20,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "10,000 letters ms": round(long_ms, 1) if engine.startswith("ladderbot") else "",
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "SIZE"))
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.one[0], int(given.one[1]))))
        return
    keys: list[str] = []
    for size in given.sizes:
        for engine in ENGINES:
            done = subprocess.run(
                [sys.executable, __file__, "--one", engine, str(size)],
                capture_output=True, text=True, check=False, timeout=900,
            )  # fmt: skip
            if done.returncode:
                print(f"| {engine} | {size} | failed: {done.stderr.strip().splitlines()[-1]} |")
                continue
            found = json.loads(done.stdout.splitlines()[-1])
            if not keys:
                keys = list(found)
                print("| " + " | ".join(keys) + " |\n|" + "---|" * len(keys))
            print("| " + " | ".join(str(found[k]) for k in keys) + " |", flush=True)


if __name__ == "__main__":
    main()
