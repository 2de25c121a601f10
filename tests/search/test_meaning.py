"""Sentence vectors made comparable."""

import numpy as np
import pytest

from faq.search.meaning import Whitening


@pytest.fixture
def vectors():
    """Two entries that differ a little in the second number, while texts of one differ widely in the first."""
    rng = np.random.default_rng(1)
    wide, narrow = rng.normal(0, 5, 200), rng.normal(0, 0.1, 200)
    targets = np.arange(200) % 2
    return np.stack([wide + 100, narrow + targets], axis=1).astype(np.float32), targets


def test_what_makes_no_difference_between_entries_counts_little(vectors):
    rows, targets = vectors
    turned = Whitening.fit(rows, targets).apply(rows)
    likeness = turned @ turned.T
    same = targets[:, None] == targets

    assert likeness[same].mean() > likeness[~same].mean() + 0.15
    raw = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    assert (raw @ raw.T)[same].mean() < (raw @ raw.T)[~same].mean() + 0.01


def test_one_vector_has_the_same_meaning_as_among_others_and_length_one(vectors):
    rows, targets = vectors
    whitening = Whitening.fit(rows, targets)

    assert np.allclose(whitening.apply(rows)[7], whitening.apply(rows[7]), atol=1e-6)
    assert np.allclose(np.linalg.norm(whitening.apply(rows), axis=1), 1, atol=1e-5)


def test_texts_that_are_all_the_same_break_nothing():
    same = np.ones((3, 4), np.float32)

    assert np.isfinite(Whitening.fit(same, np.zeros(3, int)).apply(same)).all()
