"""The sentence encoder: its vectors are shipped, so that a first start takes seconds, and are the same everywhere."""

import time
from dataclasses import replace

import numpy as np
import pytest

from bot.cli.host import Externals
from bot.content.encoder import BATCH, WIDTH, SentenceEncoder, load_encoder
from bot.content.load import VECTORS
from bot.content.vectors import STEPS, read_vectors
from faq.search.training import corpus_texts
from tests.support.bot import bot_over_http
from tests.support.content import live_content, shipped_content
from tests.support.worst import WORST

FEW, VALID = 30, "geldigheid-certificaat"
"""How many of the shipped entries are learned from here, and one that is among them."""


@pytest.fixture
def sentences(tmp_path):
    """The encoder of the package, which keeps what it makes in an empty folder."""
    return load_encoder(tmp_path, VECTORS)


def test_every_text_of_the_shipped_content_has_its_vector_shipped(sentences):
    """Where this fails: make vectors."""
    texts = corpus_texts(shipped_content())
    shipped = read_vectors(VECTORS)

    assert set(sentences.keys(texts)) - shipped.keys() == set()
    assert shipped.keys() - set(sentences.keys(texts)) == set()


def test_a_shipped_vector_is_the_one_that_is_computed_here(sentences):
    # Of longer ones the package makes other vectors among many than alone: see `encode_corpus`.
    texts = [text for text in corpus_texts(shipped_content()) if len(text) < 300][::1_500]
    computed = np.array([sentences.encode_query(text) for text in texts])

    assert np.abs(computed - sentences.encode_corpus(texts)).max() < 0.02


NEW = ["een nieuwe vraag van de organisator", "nog een nieuwe vraag", "en een derde"]


def test_what_is_not_shipped_is_computed_once_and_kept(tmp_path, sentences):
    first = sentences.encode_corpus(NEW)
    again = load_encoder(tmp_path, VECTORS)

    assert set(again.keys(NEW)) == read_vectors(tmp_path / "vectors.npz").keys()
    assert (again.encode_corpus(NEW) == first).all()


def test_a_damaged_file_is_computed_anew(tmp_path, sentences):
    first = sentences.encode_corpus(NEW)
    (tmp_path / "vectors.npz").write_bytes(b"PK\x03\x04 cut off")

    assert (load_encoder(tmp_path, VECTORS).encode_corpus(NEW) == first).all()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_text_has_the_same_row_however_many_are_encoded_with_it(tmp_path, sentences, count):
    whole = sentences.encode_corpus(NEW)
    rows = load_encoder(tmp_path / "other", VECTORS).encode_corpus(NEW[:count])

    assert (rows == whole[:count]).all()
    assert (np.rint(rows * STEPS) / np.float32(STEPS) == rows).all()


def test_shapes_and_types_are_as_promised(sentences):
    corpus, query = sentences.encode_corpus(NEW), sentences.encode_query(NEW[0])

    assert (corpus.shape, corpus.dtype) == ((3, WIDTH), np.float32)
    assert (query.shape, query.dtype) == ((WIDTH,), np.float32)
    assert np.abs(query - corpus[0]).max() <= 0.5001 / STEPS


def test_half_a_pair_of_surrogates_does_not_break_the_encoder(sentences):
    assert sentences.encode_query("wat kost dat \ud83d").shape == (WIDTH,)
    assert not sentences.broken


class Counting:
    """An encoder's model that remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], np.float32)


def test_another_version_of_the_model_trusts_no_kept_vector(tmp_path):
    model = Counting()
    SentenceEncoder(lambda: model, "counting 1", cache=tmp_path, shipped=None).encode_corpus(
        ["a", "bb", "ccc"]
    )
    model.asked.clear()

    SentenceEncoder(lambda: model, "counting 2", cache=tmp_path, shipped=None).encode_corpus(
        ["a", "bb", "ccc"]
    )

    assert model.asked == ["a", "bb", "ccc"]


def test_a_question_of_a_member_is_not_kept(tmp_path):
    SentenceEncoder(Counting, "counting 1", cache=tmp_path, shipped=None).encode_query(
        "een vraag van een lid"
    )

    assert list(tmp_path.iterdir()) == []


def test_the_weights_are_not_read_before_they_are_needed(tmp_path):
    read = []

    class Model:
        def encode(self, texts):
            return np.ones((len(texts), WIDTH))

    encoder = SentenceEncoder(lambda: read.append(1) or Model(), "x", cache=tmp_path, shipped=None)
    assert (encoder.keys(["a"]), read) == (encoder.keys(["a"]), [])

    encoder.warm()
    assert read == [1]


def broken():
    raise OSError("no weights")


class BreaksLater:
    """A model that works until it is told to break, as when its memory or its file goes."""

    def __init__(self):
        self.works = True

    def encode(self, texts):
        if not self.works:
            raise MemoryError("no room")
        return np.array([[len(text) % 7, len(text) % 5, 1.0] for text in texts], np.float32)


@pytest.fixture
def live(tmp_path):
    """Content whose encoder is broken."""
    encoder = SentenceEncoder(broken, "x", cache=tmp_path, shipped=None)
    return live_content(tmp_path, encoder)


def few_entries():
    """Some of the shipped entries, without examples: more texts than a batch, and too few to take long."""
    shipped = shipped_content().without_examples()
    entries = shipped.knowledge.entries
    few = dict(list(entries.items())[:FEW]) | {VALID: entries[VALID]}
    content = replace(shipped, knowledge=replace(shipped.knowledge, entries=few))
    assert len(corpus_texts(content)) > BATCH
    return content


def test_a_broken_encoder_is_done_without(live, caplog):
    live.warm()

    assert "the sentence encoder is broken (OSError: no weights): used no more" in caplog.text


def test_also_when_it_breaks_while_learning(live):
    live.build(few_entries())

    assert str(live.health()).startswith("ok, without a sentence encoder")
    assert live.context().search.search("Hoe lang is een certificaat geldig").zone == "answer"


def test_also_when_it_breaks_after_what_was_learned_was_read(tmp_path):
    """As after a restart: what was learned is kept, and the package was damaged since."""
    good = load_encoder(tmp_path, VECTORS)
    live_content(tmp_path, good, few_entries())
    gone = SentenceEncoder(broken, good.name, cache=tmp_path, shipped=None)
    live = live_content(tmp_path, gone, few_entries())
    assert str(live.health()).startswith("ok, with")

    live.warm()

    assert str(live.health()).startswith("ok, without a sentence encoder")
    unclear = live.context().search.search("mogen we die sticker jaren houden")
    assert unclear.zone in ("suggest", "unknown")


QUESTIONS = [
    "mogen we die sticker jaren houden",
    "hoe lang is dat geldig",
    "blorp zwiebel",
    "scope",
]


def test_an_encoder_that_breaks_while_a_question_is_asked_is_done_without(tmp_path, caplog):
    """The words-only weights are the same with and without an encoder, so nothing is learned again."""
    model = BreaksLater()
    encoder = SentenceEncoder(lambda: model, "x", cache=tmp_path, shipped=None)
    live = live_content(tmp_path / "a", encoder, few_entries())
    without = live_content(tmp_path / "b", None, few_entries())
    assert str(live.health()) == "ok, with x"
    before = live.context().search

    model.works = False
    answers = [live.context().search.search(question) for question in QUESTIONS]

    assert answers == [without.context().search.search(question) for question in QUESTIONS]
    assert str(live.health()).startswith("ok, without a sentence encoder")
    assert live.context().search is before
    assert caplog.text.count("the sentence encoder is broken (MemoryError: no room)") == 1


def test_a_broken_encoder_is_not_asked_again(tmp_path):
    tries = []
    encoder = SentenceEncoder(
        lambda: tries.append(1) or broken(), "x", cache=tmp_path, shipped=None
    )
    live = live_content(tmp_path, encoder)
    live.warm()
    live.build(few_entries())
    for question in QUESTIONS:
        live.context().search.search(question)

    assert tries == [1]


def test_what_was_learned_without_is_not_kept_as_if_it_had_an_encoder(tmp_path):
    """Else a bot whose package was mended would go on without."""
    gone = SentenceEncoder(broken, "x", cache=tmp_path, shipped=None)
    live_content(tmp_path, gone, few_entries())
    mended = SentenceEncoder(BreaksLater, "x", cache=tmp_path, shipped=None)
    live_content(tmp_path, mended, few_entries())

    assert (tmp_path / "vectors.npz").exists()


async def test_a_member_is_answered_when_the_encoder_breaks_in_the_question(
    settings, clock, microsoft, sentences, tmp_path
):
    gone = SentenceEncoder(broken, sentences.name, cache=tmp_path, shipped=VECTORS)
    externals = Externals(encoder=lambda _: gone, warm_after=3600)
    async with bot_over_http(settings, clock, microsoft, externals=externals) as client:
        _, before = await client.get("/readyz")
        card = await client.say("hoe bewijs je minder uitstoot bij een klus")
        _, after = await client.get("/readyz")

    assert "aan mijn kant iets mis" not in card["fallbackText"]
    assert before["parts"]["search"] == f"ok, with {sentences.name}"
    assert after["parts"]["search"].startswith("ok, without a sentence encoder")


def test_the_worst_that_can_be_typed_is_encoded_in_few_pieces(tmp_path):
    """Not through the search, which shortens a text itself: the package wrote over other memory."""
    encoder = load_encoder(tmp_path, None)

    for text in WORST.values():
        assert encoder.encode_query(text).shape == (WIDTH,)


def test_a_long_text_takes_no_longer_than_its_pieces(tmp_path):
    encoder = load_encoder(tmp_path, None)
    encoder.warm()

    def processor(text):
        began = time.thread_time()
        encoder.encode_query(text)
        return time.thread_time() - began

    usual = min(
        processor("wat kost het om over te gaan naar de nieuwe versie " * 6) for _ in range(3)
    )
    assert min(processor("a-" * 1_000) for _ in range(3)) < 5 * usual


def test_a_passage_that_answers_is_nearer_than_one_that_does_not(sentences):
    asked = sentences.encode_query("waar staat dat in het handboek")
    answers, other = sentences.encode_passages(
        ["De details staan in paragraaf 7.2 van Handboek 4.0.", "Een podcast over fietsen."]
    )

    assert asked @ answers / np.linalg.norm(answers) > asked @ other / np.linalg.norm(other)
