"""Learning happens in a process of its own: what breaks there changes nothing, and it never outlives the bot."""

import os
import select
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content.files import ContentFiles
from bot.content.learning.process import LearningError, LearningProcess, LearningStoppedError
from bot.content.learning.work import Job, Learned, first_content
from bot.content.load import needs_renewal, renew
from tests.support import ROOT
from tests.support.content import live_content, shipped_content, write_content, write_entry
from tests.support.process import ask, ready, served

CONTENT = ROOT / "faq" / "content"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOBODY = "http://127.0.0.1:9"
QUESTION = "hoe veel jaar kan ik een certificaat gebruiken, hoe lang is dat geldig"

KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
BROKEN = "raise SystemExit(3)"
RUBBISH = "print('no model')"
HANGS = "import sys; sys.stdin.buffer.read()"
HALF_WAY = """
import pickle, sys
from bot.content.learning.work import learn
pickle.dump(next(learn(pickle.load(sys.stdin.buffer))), sys.stdout.buffer)
"""


def process(program, seconds=60.0):
    return LearningProcess((sys.executable, "-c", program), seconds)


class ContentFolder:
    """The content of a bot that just started, as the host holds it."""

    def __init__(self, folder, data):
        self.files = ContentFiles(folder, data / "kept")
        self.live = live_content(data / "learned")
        self.files.load(NOW, self.live.open)

    def renew(self, learner=None):
        renew(self.files, self.live, learner or LearningProcess(), NOW)

    def zone(self, question=QUESTION):
        return self.live.context().search.search(question).zone

    def answer(self):
        return self.live.context().knowledge.entries["geldigheid"].answer.nl


@pytest.fixture
def folder(tmp_path):
    return write_content(tmp_path / "content")


@pytest.fixture
def house(folder, tmp_path):
    """A bot that starts with nothing learned."""
    return ContentFolder(folder, tmp_path / "data")


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    """What is kept of the content of `folder` when it was learned in a process, once for all tests."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    ContentFolder(write_content(elsewhere / "content"), elsewhere / "data").renew()
    return elsewhere / "data"


@pytest.fixture
def learned_house(folder, tmp_path, learned):
    """A bot that starts with what was learned before."""
    shutil.copytree(learned, tmp_path / "data")
    return ContentFolder(folder, tmp_path / "data")


def test_what_was_not_learned_is_in_use_at_once_and_learned_after(house):
    assert house.answer() == "Drie jaar."
    assert (house.live.context().search, house.live.health().ok) == (None, False)
    assert needs_renewal(house.files, house.live)

    house.renew()

    assert house.zone() in ("answer", "suggest")
    assert not needs_renewal(house.files, house.live)
    assert str(house.live.health()).startswith("ok, without a sentence encoder")


def test_what_is_kept_needs_no_process(house, folder, tmp_path):
    house.renew()
    again = ContentFolder(folder, tmp_path / "data")

    assert not needs_renewal(again.files, again.live)
    assert again.zone() == house.zone()


def test_a_damaged_model_is_learned_again(learned_house, folder, tmp_path):
    (model,) = (tmp_path / "data" / "learned").glob("*.model")
    model.write_bytes(model.read_bytes()[:-2_000])
    again = ContentFolder(folder, tmp_path / "data")

    assert needs_renewal(again.files, again.live)
    again.renew()
    assert again.zone() == learned_house.zone()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param((KILLED, 60, "the process ended with status -9"), id="killed"),
        pytest.param((BROKEN, 60, "the process ended with status 3"), id="broken"),
        pytest.param((RUBBISH, 60, "the process ended with status"), id="rubbish"),
        pytest.param((HANGS, 0.3, "it took more than 0.3 s"), id="too slow"),
    ],
)
def test_a_reload_that_cannot_be_learned_changes_nothing_and_is_tried_again(
    learned_house, folder, case, caplog
):
    program, seconds, why = case
    write_entry(folder, "Vier jaar.")
    learned_house.renew(process(program, seconds))

    assert learned_house.answer() == "Drie jaar."
    assert learned_house.zone() in ("answer", "suggest")
    assert learned_house.live.health().detail.startswith(f"learning failed ({why}")
    assert f"learning failed: {why}" in caplog.text
    assert learned_house.files.changed()

    learned_house.renew()
    assert (learned_house.answer(), learned_house.live.health().ok) == ("Vier jaar.", True)
    assert not needs_renewal(learned_house.files, learned_house.live)


def test_going_back_to_what_is_in_use_ends_the_failure(learned_house, folder):
    write_entry(folder, "Vier jaar.")
    learned_house.renew(process(KILLED))
    write_entry(folder, "Drie jaar.")
    learned_house.renew(process(KILLED))

    assert learned_house.live.health().ok


def test_a_first_start_that_is_killed_half_way_goes_on_with_the_words(house):
    house.renew(process(HALF_WAY))

    assert house.zone() in ("answer", "suggest")
    assert house.live.health().detail.startswith("learning failed")
    assert needs_renewal(house.files, house.live)

    house.renew()
    assert house.live.health().ok
    assert not needs_renewal(house.files, house.live)


def test_a_program_that_cannot_be_started_is_a_failure_like_another(house, caplog):
    house.renew(LearningProcess(("/nowhere/python",), 60))

    assert "it could not be started" in caplog.text
    assert needs_renewal(house.files, house.live)


class Elsewhere:
    """Learns at once, and says that the encoder broke meanwhile."""

    def learn(self, job: Job):
        from faq.search.index import build_index

        yield Learned(build_index(job.content, None)[1], complete=True, broken="MemoryError: x")


def test_an_encoder_that_broke_over_there_is_used_no_more_here(tmp_path, caplog):
    from bot.content.encoder import load_encoder

    encoder = load_encoder(tmp_path, None)
    live = live_content(tmp_path, encoder)
    live.learn(shipped_content().without_examples(), Elsewhere(), None)

    assert str(live.health()).startswith("ok, without a sentence encoder")
    assert "the sentence encoder is broken (MemoryError: x)" in caplog.text


def test_what_is_learned_first_is_a_little_of_everything():
    content = shipped_content()
    asked = Counter(example.expected for example in content.examples)
    first = Counter(example.expected for example in first_content(content).examples)

    assert first == {
        id_: min(count, 300 if id_ == "-" else 20 if id_.startswith("@") else 5)
        for id_, count in asked.items()
    }


def gone(pidfd, seconds=20.0):
    """Whether a process has ended, or does so soon."""
    return bool(select.select([pidfd], [], [], seconds)[0])


def child(bot, seconds=20.0):
    """A descriptor of the process in which a running bot learns."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
                command = (stat.parent / "cmdline").read_text()
            except (OSError, IndexError):
                continue
            if parent == bot.process.pid and "bot.content.learning" in command:
                return os.pidfd_open(int(stat.parent.name))
    raise AssertionError(bot.log)


def waits(process_, job, raised):
    try:
        list(process_.learn(job))
    except LearningError as error:
        raised.append(error)


def test_closing_ends_what_is_under_way_and_nothing_is_started_after(house, caplog):
    learner, raised = process(HANGS), []
    content = house.live.unlearned
    job = Job(content=content, models=Path(), shipped=None, encoder=False, words_first=False)
    thread = threading.Thread(target=waits, args=(learner, job, raised))
    thread.start()
    until = time.monotonic() + 20
    while learner.pid is None and time.monotonic() < until:
        pass
    pidfd = os.pidfd_open(learner.pid)

    learner.close()
    thread.join(20)

    assert [type(error) for error in raised] == [LearningStoppedError]
    assert gone(pidfd)
    os.close(pidfd)
    house.renew(learner)
    assert (learner.pid, caplog.text) == (None, "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_a_first_start_listens_first_and_what_learns_does_not_outlive_it(tmp_path, sign):
    with served(tmp_path / "data" / "bot.sqlite3", CONTENT) as bot:
        pidfd = child(bot)
        assert "Dit kan ik voor je doen" in ask(bot.url, NOBODY, "help")
        assert "drie jaar" in ask(bot.url, NOBODY, "Hoe lang is een certificaat geldig?")
        until = time.monotonic() + 60
        while not (search := ready(bot.url)[1]["search"]).startswith("ok"):
            assert time.monotonic() < until, search
        assert search == "ok, by words only, while it learns the rest"
        assert "drie jaar" in ask(bot.url, NOBODY, "hoeveel jaar is mijn certificaat geldig")
        assert not gone(pidfd, 0)

        began = time.monotonic()
        bot.process.send_signal(sign)
        status = bot.process.wait(15)

        assert (status in (0, -sign), time.monotonic() - began < 10) == (True, True)
        assert gone(pidfd)
        os.close(pidfd)
    assert [line for line in bot.log if line["level"] in ("error", "critical")] == []
