"""`app.py serve` as an operator runs it: a process of its own, and its log."""

import contextlib
import ctypes
import json
import os
import subprocess
import sys
import threading

from tests.support import ROOT


class Served:
    """A running bot; `log` holds its lines so far, as JSON."""

    def __init__(self, process):
        self.process, self.log, self.url = process, [], ""
        self._listening = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stderr:
            with contextlib.suppress(ValueError):
                self.log.append(json.loads(line))
                message = self.log[-1]["message"]
                if message.startswith("listening on "):
                    self.url = message.removeprefix("listening on ")
                    self._listening.set()
        self._listening.set()

    def wait(self):
        assert self._listening.wait(60)
        assert self.url, self.log
        return self


def _without_override():
    """Give up root's power to write where nobody may (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
    drop_from_bounding_set = 24
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@contextlib.contextmanager
def served(folder, content, *, humble=False, **settings):
    """Start the bot on a free port; it is killed at the end where it has not ended by then.

    A `humble` one is held to the rights of files and folders, also where the tests run as root.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": "0",
        "CONTENT_DIR": str(content),
        "DATABASE_PATH": str(folder / "data" / "bot.sqlite3"),
        "BEAT_SECONDS": "1",
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, "app.py", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_without_override if humble else None,  # noqa: PLW1509 - no threads matter here
    )
    try:
        yield Served(process).wait()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
