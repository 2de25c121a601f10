"""The parts of the search by themselves: parts of a message, typing errors and confidence."""

from itertools import pairwise

import numpy as np
import pytest

from faq.search.calibration import SIZE, PlattScale, confidence_features
from faq.search.calibration_data import COMBINED, LEXICAL
from faq.search.follow_up import points_back, split_questions
from faq.search.spelling import SpellingCorrector

SPELLING = SpellingCorrector({"certificaat", "ladder", "trede", "kosten"})


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
    assert len(split_questions(text)) == parts


@pytest.mark.parametrize("text", ["en voor gemeenten?", "wat kost dat?", "And for companies?", "hoe wijs je die aan?"])  # fmt: skip
def test_a_follow_up(text):
    assert points_back(text)


@pytest.mark.parametrize("text", ["Wat zijn scope 1, 2 en 3?", "En nu wil ik graag weten hoe lang een certificaat eigenlijk geldig is", "stop", ""])  # fmt: skip
def test_what_stands_by_itself(text):
    assert not points_back(text)


@pytest.mark.parametrize(
    ("word", "corrected"),
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
def test_a_misspelt_word_is_read_as_the_one_it_was_meant_to_be(word, corrected):
    assert SPELLING.correct([word]) == [corrected]


def test_a_word_that_stands_once_is_not_yet_known():
    learned = SpellingCorrector.fit([["ladder", "eenmalig"], ["ladder"]])

    assert learned.is_known("ladder")
    assert not learned.is_known("eenmalig")


def test_every_scale_has_a_weight_for_each_feature():
    for calibration in (LEXICAL, COMBINED):
        for scale in (calibration.right, calibration.offer):
            assert len(scale.weights) == SIZE


@pytest.mark.parametrize("is_command", [True, False])
@pytest.mark.parametrize("calibration", [LEXICAL, COMBINED], ids=["words", "sentence"])
def test_a_clearer_message_is_never_less_sure(calibration, is_command):
    def right(best, nobody, words):
        scores = np.array([best, -4.0, nobody])
        features = confidence_features(
            scores, best=0, out_of_scope=2, word_count=words, is_command=is_command
        )
        return calibration.right.probability(features)

    for length in (2, 8, 40):
        rising = [right(best, -4.0, length) for best in (-4.0, -2.0, 0.0, 2.0, 4.0)]
        # Far beyond what messages score the regression may sag a little.
        assert all(after >= before - 0.03 for before, after in pairwise(rising))
        assert right(1.0, -5.0, length) > right(1.0, 2.0, length)


def test_a_scale_is_a_logistic_regression():
    scale = PlattScale((1.0,) + (0.0,) * (SIZE - 1), 0.0)
    features = confidence_features(
        np.array([0.0, -3.0]), best=0, out_of_scope=1, word_count=5, is_command=False
    )

    assert scale.probability(features) == pytest.approx(0.5)
