"""The search on small content: from what is typed to what may be told."""

import numpy as np
import pytest

from faq.search.encoder import BrokenEncoderError
from faq.search.features import Features
from faq.search.index import build_index
from faq.search.training import training_fingerprint
from faq.synonyms import Synonyms
from faq.tokens import MAX_CHARS, tokenize
from tests.support.content import THREE, best_match, small_content


@pytest.fixture(scope="module")
def small():
    return build_index(small_content(), None)[0]


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("hoe lang blijft een certificaat geldig", "geldigheid"),
        ("geldigheit certficaat", "geldigheid"),
        ("KOSTEN???", "kosten"),
        ("verschil scope 1 en scope 2", "scopes"),
        ("How long is the certificate valid", "geldigheid"),
    ],
)
def test_a_question_finds_its_entry(small, question, id_):
    assert best_match(small, question) == id_


def test_a_phrasing_leads_home_and_is_certain(small):
    result = small.search("  wat kost CERTIFICERING ")

    assert (result.zone, result.matches[0].id, result.matches[0].score) == ("answer", "kosten", 1.0)


def test_what_nobody_ever_wrote_is_unknown_and_has_nothing_near(small):
    result = small.search("blorp zwiebel kwuntam")

    assert (result.zone, result.matches) == ("unknown", ())


class Constant:
    """An encoder to which all sentences are nearly the same."""

    name = "constant"

    def encode_query(self, text):
        return self.encode_corpus([text])[0]

    def encode_corpus(self, texts):
        return np.array([[1.0, len(text) % 7] for text in texts], np.float32)


@pytest.mark.parametrize("encoder", [None, Constant()])
def test_with_one_entry_only_not_everything_is_that_entry(encoder):
    one = {"geldigheid": THREE["geldigheid"]}
    index, _ = build_index(small_content(one), encoder)

    assert index.search("blorp zwiebel kwuntam").zone == "unknown"
    assert best_match(index, "geldigheid van het certificaat") == "geldigheid"


class Broken(Constant):
    """An encoder that works while it learns, where it is told so, and never in a question."""

    def __init__(self, *, learns):
        self._learns = learns

    def encode_query(self, text):
        raise BrokenEncoderError(f"no weights for {text!r}")

    def encode_corpus(self, texts):
        if not self._learns:
            raise BrokenEncoderError("no weights")
        return np.array([[1.0, len(text) % 7] for text in texts], np.float32)


@pytest.mark.parametrize("learns", [True, False], ids=["in a question", "while learning"])
def test_an_encoder_that_breaks_is_done_without(small, learns):
    index, _ = build_index(small_content(), Broken(learns=learns))

    for question in ("geldigheit certficaat", "wat kost dat nou", "scope drie", "blorp zwiebel"):
        assert index.search(question) == small.search(question)
        assert index.explain(question) == small.explain(question)


def test_the_same_content_gives_the_same_bytes():
    assert build_index(small_content(), None)[1] == build_index(small_content(), None)[1]


def test_what_was_kept_answers_as_what_was_learned(small):
    _, saved = build_index(small_content(), None)
    again, same = build_index(small_content(), None, saved)

    assert same is saved
    for question in ("geldigheit certficaat", "wat kost dat nou", "scope drie"):
        assert again.search(question) == small.search(question)


@pytest.mark.parametrize("damaged", [b"x", b"PK\x03\x04", b"\x93NUMPY"])
def test_a_damaged_file_is_learned_again(damaged):
    index, model = build_index(small_content(), None, damaged)

    assert model != damaged
    assert best_match(index, "scope 1") == "scopes"


def test_the_fingerprint_changes_with_a_question_and_with_the_encoder():
    class Named:
        name = "some encoder"

    plain = training_fingerprint(small_content(), None)
    assert plain == training_fingerprint(small_content(), None)
    assert plain != training_fingerprint(
        small_content(questions="gas?\tscopes\tnl\tkeyword\n"), None
    )
    assert plain != training_fingerprint(small_content(), Named())


def test_ten_thousand_characters_cost_no_more_than_a_few_hundred(small):
    long = "certificaat " * 1000 + "hoe lang is dat geldig?"

    assert len(" ".join(tokenize(long))) <= MAX_CHARS + 1
    assert best_match(small, long) == "geldigheid"


def test_a_word_of_ten_thousand_letters_has_few_features():
    texts = ["wat kost dat", "x" * 40, "x" * 40]
    features, _ = Features.fit(texts, texts, Synonyms(()))

    assert len(features.transform("x" * 10_000)[0]) < 200


def test_a_single_word_of_ten_thousand_letters_breaks_nothing(small):
    assert small.search("a" * 10_000).zone == "unknown"


def test_without_any_message_for_nobody_there_is_still_an_answer(small):
    assert small.search("Hoe lang is ons certificaat geldig").zone == "answer"


def test_an_abbreviation_is_read_as_the_word_and_leaves_versions_alone():
    same = Synonyms((("4.0", "versie 4"), ("rijkswaterstaat", "rws")))

    assert same.unify("wat vraagt rws in versie 4") == "wat vraagt rijkswaterstaat in 4.0"
    assert same.unify("versie 4.0 en rwsx") == "versie 4.0 en rwsx"


def test_a_feature_row_has_unit_length_for_each_family():
    features, _ = Features.fit(["wat kost dat", "wat kost dit"], ["wat kost dat"], Synonyms(()))
    _, weights = features.transform("wat kost dat")

    assert np.isclose((weights**2).sum(), 2.0, atol=1e-5)


def test_hundreds_of_entries_are_found_too_and_can_be_kept():
    syllables = ["ka", "lo", "mi", "ru", "ste", "vor", "zan", "bep"]
    names = [a + b + c for a in syllables for b in syllables for c in syllables][:420]
    many = {f"a-{name}": ([f"Wat is een {name}?", f"{name} uitleg", f"hoe werkt de {name}"], f"What is {name}?", f"Een {name} is er.") for name in names}  # fmt: skip
    large = small_content(many)
    index, saved = build_index(large, None)
    again, _ = build_index(large, None, saved)

    assert [best_match(index, f"kun je de {name} uitleggen") for name in names[::40]] == [f"a-{name}" for name in names[::40]]  # fmt: skip
    assert again.search("uitleg zanbepvor") == index.search("uitleg zanbepvor")
    assert f"a-{names[40]} " in again.explain(f"kun je de {names[40]} uitleggen")
    with_encoder, _ = build_index(large, Constant())
    assert best_match(with_encoder, "kun je de kalolo uitleggen") == "a-kalolo"
