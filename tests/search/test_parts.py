"""The parts of the search by themselves: parts of a message, typing errors and confidence."""

from itertools import pairwise

import numpy as np
import pytest

from faq.search.calibration import NUMBERS, PlattScale, signs
from faq.search.calibration_data import SCALES
from faq.search.follow_up import asks_anew, leans, questions
from faq.search.spelling import SpellingCorrector

MENDER = SpellingCorrector({"certificaat", "ladder", "trede", "kosten"})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hoe lang is het geldig? En wat kost het dan?", 2),
        ("Hoe lang is het geldig en wat kost certificering?", 2),
        ("Ik ben nieuw hier. Hoe lang is het geldig?", 0),
        ("Hoe lang is een certificaat geldig?", 0),
        ("Wat is dit nou? Wat is dat nou? Wie is dit dan? Wie is dat dan? Hoe gaat dat dan?", 0),
        ("", 0),
        ("?" * 1000, 0),
    ],
)
def test_the_questions_in_a_message(text, parts):
    assert len(questions(text)) == parts


@pytest.mark.parametrize("text", ["en voor gemeenten?", "wat kost dat?", "And for companies?", "hoe wijs je die aan?"])  # fmt: skip
def test_what_leans_on_the_message_before(text):
    assert leans(text)


@pytest.mark.parametrize("text", ["Wat zijn scope 1, 2 en 3?", "En nu wil ik graag weten hoe lang een certificaat eigenlijk geldig is", "stop", ""])  # fmt: skip
def test_what_stands_by_itself(text):
    assert not leans(text)


def test_asking_something_else_is_not_asking_of_something_else():
    assert asks_anew("en wat kost dat?")
    assert not asks_anew("en voor gemeenten?")


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("certficaat", "certificaat"),
        ("certifikaat", "certificaat"),
        ("laddr", "ladder"),
        ("cretificaat", "certificaat"),
        ("kosten", "kosten"),
        ("oorzaak", "oorzaak"),
        ("rede", "rede"),
        ("vadder", "vadder"),
        ("4.0", "4.0"),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_it_was_meant_to_be(word, mended):
    assert MENDER.mend([word]) == [mended]


def test_a_word_that_stands_once_is_not_yet_known():
    learned = SpellingCorrector.learn([["ladder", "eenmalig"], ["ladder"]])

    assert learned.knows("ladder")
    assert not learned.knows("eenmalig")


def test_the_signs_fit_the_scales():
    for pair in SCALES.values():
        for scale in pair:
            assert len(scale.weights) == NUMBERS


@pytest.mark.parametrize("command", [True, False])
@pytest.mark.parametrize("encoder", [True, False])
def test_a_clearer_message_is_never_less_sure(encoder, command):
    right, _ = SCALES[encoder]

    def chance(best, nobody, words):
        scores = np.array([best, -4.0, nobody])
        return right.chance(signs(scores, 0, 2, words, command=command))

    for length in (2, 8, 40):
        rising = [chance(best, -4.0, length) for best in (-4.0, -2.0, 0.0, 2.0, 4.0)]
        # Far beyond what messages score the regression may sag a little.
        assert all(after >= before - 0.03 for before, after in pairwise(rising))
        assert chance(1.0, -5.0, length) > chance(1.0, 2.0, length)


def test_a_scale_is_a_logistic_regression():
    scale = PlattScale((1.0,) + (0.0,) * (NUMBERS - 1), 0.0)
    seen = signs(np.array([0.0, -3.0]), 0, 1, 5, command=False)

    assert scale.chance(seen) == pytest.approx(0.5)
