"""How near passages are to a question: asked of the encoder once for each, and not at all without one."""

import numpy as np
import pytest

from faq.search.encoder import BrokenEncoderError
from faq.search.likeness import Likeness


class Letters:
    """An encoder to which a text is its letters, and that remembers which passages it was asked."""

    name = "letters"

    def __init__(self):
        self.asked = []

    def encode_query(self, text):
        return np.array([text.count(letter) for letter in "abc"], np.float32)

    def encode_passages(self, texts):
        self.asked += texts
        return np.array([self.encode_query(text) for text in texts])


def test_each_passage_has_its_cosine_in_the_order_given():
    near = Likeness(Letters()).of("a", ["b", "a", "ab"])

    assert near == pytest.approx([0, 1, 2**-0.5])


def test_a_passage_is_encoded_once():
    encoder = Letters()
    known = Likeness(encoder)
    first = known.of("a", ["a", "b", "a"])

    assert known.of("a", ["a", "b", "a"]) == first
    assert known.of("a", ["c", "b"]) == pytest.approx([0, 0])
    assert encoder.asked == ["a", "b", "c"]


def test_no_more_is_kept_than_that():
    encoder = Letters()
    known = Likeness(encoder, kept_max=2)
    for passages in (["a", "b"], ["c"], ["c", "a"]):
        known.of("a", passages)

    assert encoder.asked == ["a", "b", "c", "a"]


class Broken(Letters):
    def encode_passages(self, texts):
        raise BrokenEncoderError(f"no weights for {texts}")


@pytest.mark.parametrize("encoder", [None, Broken()], ids=["none", "broken"])
def test_without_an_encoder_that_works_nothing_is_told(encoder):
    assert Likeness(encoder).of("a", ["a"]) is None
