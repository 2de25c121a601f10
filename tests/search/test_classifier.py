"""Entries with few texts are found beside entries with many."""

import numpy as np

from faq.search.classifier import balanced, rarity_bonus
from faq.search.index import build_index
from tests.support.content import THREE, best_match, small_content

MANY = 60
QUESTION = "certificaat van bureau 7 verloren"


def test_few_texts_count_together_as_those_of_the_middle_class_and_no_class_counts_less():
    targets = np.array([0] * 100 + [1] * 50 + [2] * 5)
    counts = balanced(targets, np.ones(155), 3)

    assert [counts[targets == n].sum() for n in range(3)] == [100, 50, 50]


def test_only_a_rare_class_has_a_bonus():
    bonus = rarity_bonus(np.array([0] * 100 + [1] * 50 + [2] * 5), 3)

    assert bonus[0] == bonus[1] == 0
    assert 1.3 < bonus[2] < 1.5


def test_a_new_entry_without_example_questions_is_found_beside_one_that_has_many():
    """Their words overlap; by numbers alone the one that is asked about most would win."""
    asked = {
        "geldigheid": "Hoe lang loopt ons certificaat",
        "kosten": "Wat kost ons certificaat",
        "scopes": "Welke scope heeft ons certificaat",
    }
    lines = "".join(
        f"{start} bij bureau {number}?\t{id_}\tnl\tplain\n"
        for id_, start in asked.items()
        for number in range(MANY)
    )
    new = {**THREE, "verlies": (["Wat doe ik als het certificaat kwijt is?", "certificaat verloren", "Waar meld ik verlies?"], "I lost the certificate", "Vraag een kopie.")}  # fmt: skip
    index, _ = build_index(small_content(new, lines), None)

    assert best_match(index, QUESTION) == "verlies"
