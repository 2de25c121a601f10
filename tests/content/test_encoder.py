"""The sentence encoder: its vectors are shipped, so that a first start takes seconds, and are the same everywhere."""

import numpy as np
import pytest

from bot.content import encoder
from bot.content.files import read_files
from bot.content.live import LiveContent, read_texts
from bot.content.vectors import read_vectors
from bot.settings import read
from faq.files import parse
from faq.search.training import vector_texts
from tests.support import ROOT

CONTENT = ROOT / "faq" / "content"


@pytest.fixture
def found(tmp_path):
    return encoder.load(tmp_path)


def test_every_text_of_the_shipped_content_has_its_vector_shipped(found):
    """Where this fails: make vectors."""
    texts = vector_texts(parse(read_files(CONTENT)[0])[0])
    shipped = read_vectors(encoder.SHIPPED)

    assert set(found.keys(texts)) - shipped.keys() == set()
    assert shipped.keys() - set(found.keys(texts)) == set()


def test_a_shipped_vector_is_the_one_that_is_made_here(found):
    texts = vector_texts(parse(read_files(CONTENT)[0])[0])[::1_500]
    made = found._ask(texts)
    kept = found.encode([*texts])

    assert np.abs(made - kept).max() < 0.02


def test_what_is_not_shipped_is_made_once_and_kept(tmp_path, found):
    texts = ["een nieuwe vraag van de organisator", "nog een nieuwe vraag", "en een derde"]
    first = found.encode(texts)
    again = encoder.load(tmp_path)
    kept = read_vectors(tmp_path / "vectors.npz")

    assert set(again.keys(texts)) == kept.keys()
    assert (again.encode(texts) == first).all()


def test_a_damaged_file_is_made_anew(tmp_path, found):
    texts = ["een nieuwe vraag", "nog een nieuwe vraag", "en een derde"]
    first = found.encode(texts)
    (tmp_path / "vectors.npz").write_bytes(b"PK\x03\x04 cut off")

    assert (encoder.load(tmp_path).encode(texts) == first).all()


def test_the_weights_are_not_read_before_they_are_needed(tmp_path):
    read = []

    class Model:
        def encode(self, texts):
            return np.ones((len(texts), encoder.WIDTH))

    made = encoder.Encoder(lambda: read.append(1) or Model(), "x", tmp_path)
    assert (made.keys(["a"]), read) == (made.keys(["a"]), [])

    made.warm()
    assert read == [1]


def broken():
    raise OSError("no weights")


@pytest.fixture
def live(tmp_path):
    """Of a house whose encoder is broken."""
    made = encoder.Encoder(broken, "x", tmp_path)
    return LiveContent(read_texts(ROOT, read({}, {}, ROOT)), "", tmp_path, made)


def small_content():
    """Without examples, so that its texts are too many to be asked one by one, and too few to take long."""
    return parse(read_files(CONTENT)[0])[0].without_examples()


def test_a_broken_encoder_is_done_without(live, caplog):
    live.warm()

    assert live._encoder is None
    assert "the sentence encoder is broken (OSError: no weights): used no more" in caplog.text


def test_also_when_it_breaks_while_learning(live):
    live.build(small_content())

    assert str(live.health()).startswith("ok, without a sentence encoder")
    assert live.context().search.search("Hoe lang is een certificaat geldig").zone == "answer"


def test_also_when_it_breaks_after_what_was_learned_was_read(tmp_path):
    """As after a restart: what was learned is kept, and the package was damaged since."""
    words = read_texts(ROOT, read({}, {}, ROOT))
    good = encoder.load(tmp_path)
    LiveContent(words, "", tmp_path, good).build(small_content())
    live = LiveContent(words, "", tmp_path, encoder.Encoder(broken, good.name, tmp_path))
    live.build(small_content())
    assert str(live.health()).startswith("ok, with")

    live.warm()

    assert str(live.health()).startswith("ok, without a sentence encoder")
    unclear = live.context().search.search("mogen we die sticker jaren houden")
    assert unclear.zone in ("suggest", "unknown")
