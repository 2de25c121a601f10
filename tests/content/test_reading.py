"""Any file, any bytes: one problem, the last good state, and always a start."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content.files import ContentFiles
from bot.content.reading import FILE_MAX
from faq.errors import errors
from tests.support.content import write_content

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SERIES = """
timezone = "Europe/Amsterdam"
[[series]]
id = "cop"
title.nl = "CoP"
title.en = "CoP"
starts = {starts}
duration_minutes = 90
rrule = "{rule}"
location = "Teams"
url = "{url}"
reminders = ["1d"]
"""


def series(starts="2027-01-12T10:00:00", rule="FREQ=MONTHLY;BYDAY=2TU", url="https://x.nl/a"):
    return SERIES.format(starts=starts, rule=rule, url=url).encode()


BYTES = {
    "nothing": b"",
    "no UTF-8": b"\xff\xfe\x00",
    "a NUL": b"x = 1\0",
    "an escaped NUL": rb'x = "a\u0000b"',
    "an escape of a terminal": rb'x = "\u001b[2J"',
    "turned around": rb'x = "\u202eabc"',
    "lists 900 deep": b"x = " + b"[" * 900 + b"]" * 900,
    "lists deep over lines": b"x = " + b"[\n" * 900 + b"]\n" * 900,
    "tables 900 deep": b"x = " + b"{a = " * 900 + b"1" + b"}" * 900,
    "a key of 20,000 parts": b".".join([b"a"] * 20_000) + b" = 1",
    "a table of 20,000 parts": b"[" + b".".join([b"a"] * 20_000) + b"]",
    "parts inside": b"x = {" + b".".join([b"a"] * 20_000) + b" = 1}",
    "a figure of 10,000 digits": b"x = " + b"1" * 10_000,
    "a fraction of 10,000 digits": b"x = 0." + b"1" * 10_000 + b"\ny = 1.1.1",
    "a quote that never ends": b'x = """' + b"a" * 100_000,
    "random": bytes(range(256)) * 100,
    "too large": b"# x\n" * (FILE_MAX // 4 + 1),
}
MEETINGS = {
    "a step back": series(rule="FREQ=DAILY;INTERVAL=-1"),
    "a step of a million": series(rule="FREQ=DAILY;INTERVAL=1000000"),
    "no further date": series(rule="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "a count of 10,000 digits": series(rule="FREQ=DAILY;COUNT=" + "9" * 10_000),
    "a long list": series(rule="FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 5_000)),
    "twice": series(rule="FREQ=DAILY;FREQ=MONTHLY"),
    "the year 1": series(starts="0001-01-01T00:00:00", rule="FREQ=DAILY"),
    "the year 9999": series(starts="9999-12-31T23:00:00", rule="FREQ=DAILY"),
    "a line in the address": series(url="https://x.nl/\\nX-EVIL:1"),
    "a space in the address": series(url="https://x.nl/a b"),
}


@pytest.fixture
def started(tmp_path):
    """A folder of which a good state was kept, and what starts the content anew."""
    folder = write_content(tmp_path / "content")
    ContentFiles(folder, tmp_path / "keep").load(NOW, lambda _: None)

    def start():
        files = ContentFiles(folder, tmp_path / "keep")
        began = time.thread_time()
        files.load(NOW, lambda _: None)
        assert time.thread_time() - began < 5, "seconds of the processor"
        return files

    return folder, start


def holds(files):
    """One problem, and the last good state in use."""
    mistakes = errors(files.state.problems)
    assert len(mistakes) == 1, mistakes
    assert mistakes[0].what
    assert mistakes[0].mend
    assert files.state.stale
    assert files.state.content.knowledge.entries["geldigheid"].answer.nl == "Drie jaar."
    return mistakes[0]


@pytest.mark.parametrize(
    "bytes_", [b for n, b in BYTES.items() if n != "nothing"], ids=lambda _: ""
)
@pytest.mark.parametrize("name", ["faq/twee.toml", "synonyms.toml", "meetings.toml"])
def test_any_bytes_are_one_problem(started, name, bytes_):
    folder, start = started
    (folder / name).write_bytes(bytes_)

    assert holds(start()).file == name


@pytest.mark.parametrize("raw", MEETINGS.values(), ids=MEETINGS)
def test_a_recurrence_that_never_ends_or_a_moment_that_cannot_be_is_one_problem(started, raw):
    folder, start = started
    (folder / "meetings.toml").write_bytes(raw)

    assert holds(start()).entry == "cop"


def pipe(path):
    os.mkfifo(path)


def device(path):
    path.symlink_to("/dev/zero")


def nowhere(path):
    path.symlink_to("nowhere")


def circle(path):
    path.symlink_to(path)


def directory(path):
    path.mkdir()


@pytest.mark.parametrize("make", [pipe, device, nowhere, circle, directory])
@pytest.mark.parametrize("name", ["faq/twee.toml", "questions/twee.tsv", "meetings.toml"])
def test_what_is_no_file_is_one_problem(started, name, make):
    folder, start = started
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    make(folder / name)

    assert holds(start()).file == name


def test_a_name_that_is_no_text_is_read_all_the_same(started):
    folder, start = started
    Path(os.fsdecode(os.fsencode(folder / "faq") + b"/\xff.toml")).write_bytes(b"x = = 1\n")

    assert holds(start()).file == "faq/\\xff.toml"


def test_a_missing_quote_in_one_file_is_one_problem(started):
    folder, start = started
    file = folder / "faq" / "een.toml"
    file.write_bytes(file.read_bytes().replace(b'id = "', b"id = ", 1))

    assert holds(start()).file == "faq/een.toml"
