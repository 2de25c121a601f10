"""What fuzzing found once holds for ever, and a few strings of each kind are tried at every run."""

import pytest

from tests.support import ROOT
from tests.support.targets import TARGETS
from tests.support.worst import WORST

SEEDS = ROOT / "tests" / "seeds"


@pytest.fixture(scope="module")
def made():
    """Each target, made once."""
    return {name: make() for name, make in TARGETS.items()}


@pytest.mark.parametrize("target", TARGETS)
def test_what_broke_once_breaks_nothing_any_more(made, target):
    seeds = sorted((SEEDS / target).iterdir())
    assert seeds
    for seed in seeds:
        made[target](seed.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_the_worst_that_can_be_typed_breaks_nothing(made, target):
    for text in WORST.values():
        made[target](text.encode())
