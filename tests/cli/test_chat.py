"""The console in a terminal: reminders appear while it waits for somebody to type."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.support import ROOT
from tests.support.content import write_content
from tests.support.reminders import one_meeting


class Terminal:
    """`app.py chat` as somebody sees it who sits at a terminal."""

    def __init__(self, **environment):
        import pty

        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "app.py", "chat"],
            cwd=ROOT,
            env={**os.environ, "PORT": "0", "BEAT_SECONDS": "1", **environment},
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        self._unread = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(10)
        os.close(self._ours)

    def type(self, keys):
        os.write(self._ours, keys)

    def read_until(self, text):
        """What appears before this text; it waits until that is there."""
        while text not in self._unread:
            self._unread += os.read(self._ours, 4096).decode("utf-8", "replace")
        before, _, self._unread = self._unread.partition(text)
        return before


@pytest.fixture
def content(tmp_path):
    """One answer, and one meeting whose reminder is due in seconds."""
    starts = datetime.now(UTC) + timedelta(seconds=12, minutes=1)
    return write_content(
        tmp_path / "content", meetings=one_meeting(starts, lead="1m"), learned=tmp_path / "learned"
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Linux")
def test_a_reminder_appears_while_the_console_waits(tmp_path, content):
    database = tmp_path / "bot.sqlite3"
    with Terminal(CONTENT_DIR=str(content), DATABASE_PATH=str(database)) as terminal:
        terminal.read_until("\n> ")
        terminal.type(b"aanmelden\n")
        terminal.read_until("vanaf nu een herinnering")
        terminal.read_until("\n> ")
        # Nobody types anything: it comes by itself, and the prompt comes back below it.
        terminal.read_until(" uur: CoP")
        assert "stop" in terminal.read_until("\n> ")
        terminal.type(b"stop\n")
        terminal.read_until("geen herinneringen meer")
        terminal.read_until("\n> ")
        terminal.type(b"\x04")
        assert terminal.process.wait(20) == 0
