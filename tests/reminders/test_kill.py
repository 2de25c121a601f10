"""Real processes on one database: killed at any moment, or two at a time in a deploy that overlaps."""

import random
from collections import Counter

import pytest

from bot.store.database import open_database
from tests.support.fanout import WAIT, Fanout, finish
from tests.support.process import run_app

pytestmark = pytest.mark.slow


def test_killed_at_any_moment_nothing_is_lost_and_only_what_was_in_flight_comes_twice(
    tmp_path, microsoft, capsys
):
    fanout = Fanout(tmp_path, microsoft, 500)
    chance, kills = random.Random(20261125), 0  # noqa: S311 - moments of the kills
    while len(fanout.arrived) < 500:
        process = fanout.start()
        # Twenty kills at least, at random moments of the fan-out.
        last = kills >= 22
        wanted = 10_000 if last else chance.randint(1, 40)
        if last:
            while len(fanout.arrived) < 500 and fanout.wait_for(1):
                pass
            finish(process)
            break
        assert fanout.wait_for(min(wanted, 500 - len(fanout.arrived)))
        process.kill()
        process.wait(WAIT)
        kills += 1
        # The rest of the kills must have something to kill.
        fanout.microsoft.delay = chance.choice((0.005, 0.05, 0.2))
    settle(fanout)

    rows = fanout.rows("conversation, state, doubts")
    twice = {name: count - 1 for name, count in fanout.arrived.items() if count > 1}
    doubts = {name: doubt for name, _, doubt in rows}
    with capsys.disabled():
        print(
            f"\n{kills} kills, 500 subscribers, {sum(doubts.values())} sends cut off,"
            f" of which {sum(twice.values())} had arrived and came twice"
        )
    assert kills >= 20
    assert sorted(fanout.arrived) == fanout.names
    assert {state for _, state, _ in rows} == {"sent"}
    assert all(extra <= doubts[name] for name, extra in twice.items())


def settle(fanout):
    """Let a last process record what is still in doubt."""
    process = fanout.start()
    while any(state != "sent" for (state,) in fanout.rows("state")):
        fanout.wait_for(1)
    finish(process)


def test_two_processes_and_a_deploy_that_overlaps_send_each_reminder_once(tmp_path, microsoft):
    fanout = Fanout(tmp_path, microsoft, 300)
    old = fanout.start()
    assert fanout.wait_for(40)
    new = fanout.start()
    assert fanout.wait_for(120)
    finish(old)
    while len(fanout.arrived) < 300 and fanout.wait_for(1):
        pass
    finish(new)

    rows = fanout.rows("state, claimed_by, doubts")
    assert Counter(fanout.arrived.values()) == {1: 300}
    assert {(state, doubts) for state, _, doubts in rows} == {("sent", 0)}
    assert len({process for _, process, _ in rows}) == 2


def test_a_running_bot_is_copied_and_tells_what_it_is_doing(tmp_path, microsoft):
    fanout = Fanout(tmp_path, microsoft, 60)
    process = fanout.start()
    assert fanout.wait_for(10)
    done = run_app("backup", tmp_path / "copy.sqlite3", DATABASE_PATH=str(fanout.path))
    while len(fanout.arrived) < 60 and fanout.wait_for(1):
        pass
    finish(process)

    assert (done.returncode, done.stderr) == (0, "")
    copy = open_database(tmp_path / "copy.sqlite3")
    states = Counter(row["state"] for row in copy.query("select state from outbox"))
    copy.close()
    assert states.total() == 60
    assert states["sent"] >= 1
