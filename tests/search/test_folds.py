"""The cross-validation of the benches, over the shipped content."""

from bench.folds import folds
from tests.support.content import shipped_content


def test_every_line_is_asked_once_and_never_of_who_learned_from_it():
    whole = shipped_content()
    asked = []
    for _, learned, lines in folds(whole):
        assert {id(e) for e in learned.examples}.isdisjoint(map(id, lines))
        asked += lines

    assert sorted(map(id, asked)) == sorted(map(id, whole.examples))
