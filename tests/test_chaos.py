"""The short form of `make chaos`, and that its counts see what they are for."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.chaos.ledger import Arrival
from bench.chaos.measure import outcome
from bench.chaos.runs import FAULTS, all_runs
from bench.chaos.world import Asked, World
from tests.support import ROOT

SHORT = (
    "half of the members stop",
    "SIGKILL, up to three times, started again",
    "success with an odd body",
    "files of the content spoiled, and put right",
)


@pytest.mark.slow
def test_nobody_is_lost_told_twice_or_told_after_a_stop():
    pairs = [(fault, 7) for fault in FAULTS if fault.name in SHORT]

    outcomes = asyncio.run(all_runs(pairs, at_once=len(pairs), seconds=3_600))

    assert len(outcomes) == len(SHORT)
    assert [each for each in outcomes if not each.good] == []


def judged(world):
    return outcome(SimpleNamespace(name="x"), 1, world, recovered=True, seconds=0.0, notes=[])


@pytest.fixture
def world():
    """A world without a process, in which all went well."""
    shared, fake = SimpleNamespace(), SimpleNamespace(url="http://127.0.0.1:1")
    world = World(Path(), shared, fake, None)
    world.names = ["a", "b"]
    world.ledger.arrivals = [Arrival(name, True, 1.0, 1.1) for name in world.names]
    world.asked = [Asked(1.0, 1.1, True, 200)]
    return world


def test_what_went_well_is_good(world):
    assert judged(world).good


def test_who_got_nothing_is_lost(world):
    world.names.append("c")

    assert (judged(world).lost, judged(world).good) == (1, False)


@pytest.mark.parametrize(
    ("answered", "cut", "excused"),
    [(1.1, 5.0, False), (1.1, 1.05, True), (1.1, 1.3, True), (None, 9.0, True)],
    ids=["long recorded", "under way", "just answered", "never answered"],
)
def test_only_what_was_in_flight_may_come_twice(world, answered, cut, excused):
    world.cuts = [cut]
    world.ledger.arrivals[0].answered = answered
    world.ledger.arrivals.append(Arrival("a", True, 6.0, 6.1))

    assert (judged(world).in_flight, judged(world).twice) == ((1, 0) if excused else (0, 1))
    assert judged(world).good is excused


def test_a_reminder_after_a_stop_is_seen(world):
    world.stopped = {"a": 0.9, "b": 2.0}

    assert (judged(world).after_stop, judged(world).good) == (1, False)


@pytest.mark.parametrize(
    "asked", [Asked(2.0, 2.1, False, 503), Asked(2.0, 13.0, True, 200)], ids=["not", "too late"]
)
def test_a_question_without_an_answer_is_seen_while_somebody_is_there(world, asked):
    world.asked.append(asked)

    assert (judged(world).unanswered, judged(world).good) == (1, False)
    world.down = [[1.5, None]]
    assert judged(world).unanswered == 0


def test_every_fault_has_its_row_in_the_documentation():
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")

    assert [fault.name for fault in FAULTS if f"| {fault.name} | " not in page] == []
    assert sum(fault.times for fault in FAULTS) >= 300
