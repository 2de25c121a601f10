"""The console in a terminal: reminders appear while it waits for somebody to type."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from faq.meetings import Calendar
from tests.content.test_files import write
from tests.support import ROOT
from tests.support.reminders import toml


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Linux")
def test_a_reminder_appears_while_the_console_waits(tmp_path):
    import pty

    content = tmp_path / "content"
    (content / "faq").mkdir(parents=True)
    write(content, "Drie jaar.")
    due = datetime.now(UTC) + timedelta(seconds=12)
    local = Calendar(()).local(due + timedelta(minutes=1)).replace(microsecond=0)
    text = toml(starts=local.isoformat(), rrule="FREQ=DAILY;COUNT=1", reminders='["1m"]')
    (content / "meetings.toml").write_text(text, "utf-8")
    environment = {
        **os.environ,
        "CONTENT_DIR": str(content),
        "DATABASE_PATH": str(tmp_path / "bot.sqlite3"),
        "PORT": "0",
        "BEAT_SECONDS": "1",
    }
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "app.py", "chat"],
        cwd=ROOT,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    seen = ""

    def until(text):
        nonlocal seen
        while text not in seen:
            seen += os.read(ours, 4096).decode("utf-8", "replace")
        before, _, seen = seen.partition(text)
        return before

    try:
        until("\n> ")
        os.write(ours, b"aanmelden\n")
        until("vanaf nu een herinnering")
        until("\n> ")
        # Nobody types anything: it comes by itself, and the prompt comes back below it.
        until("Herinnering: CoP")
        assert "stop" in until("\n> ")
        os.write(ours, b"stop\n")
        until("geen herinneringen meer")
        until("\n> ")
        os.write(ours, b"\x04")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait(10)
        os.close(ours)
