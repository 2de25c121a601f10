"""Processes of their own: one command of `app.py`, the bot as an operator runs it, and any other that is waited for."""

import contextlib
import ctypes
import json
import os
import socket
import subprocess
import sys
import threading
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.support import ROOT
from tests.support.teams import activity


def run_app(*arguments, stdin="", folder=ROOT, **environment):
    """Run one command of `app.py` to its end, in an environment that holds nothing else."""
    return subprocess.run(
        [sys.executable, "app.py", *map(str, arguments)],
        input=stdin,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextlib.contextmanager
def started(*command, log=subprocess.DEVNULL, **options):
    """A process that is stopped with the block, and killed where it does not stop."""
    process = subprocess.Popen(
        [str(part) for part in command], **{"stdout": log, "stderr": log, **options}
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, seconds=120.0):
    """Wait until this process listens on a port of this machine."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            return
        except OSError:
            time.sleep(0.005)
    raise RuntimeError(f"nothing listens on port {port}; its process: {process.poll()}")


class ServedBot:
    """A running `app.py serve`; `log` holds its lines so far, as JSON."""

    def __init__(self, process):
        self.process, self.log, self.url = process, [], ""
        self._listening = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with self.process.stderr:
            for line in self.process.stderr:
                with contextlib.suppress(ValueError):
                    self.log.append(json.loads(line))
                    message = self.log[-1]["message"]
                    if message.startswith("listening on "):
                        self.url = message.removeprefix("listening on ")
                        self._listening.set()
        self._listening.set()

    def wait(self):
        """Wait until it listens at `url`."""
        assert self._listening.wait(120)
        assert self.url, self.log
        return self


def _drop_override():
    """Give up root's power to write where nobody may (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
    drop_from_bounding_set = 24
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def start_bot(database, content, *, unprivileged=False, command=("app.py", "serve"), **settings):
    """Start the bot on a free port; who starts it ends it.

    An `unprivileged` one is held to the rights of files and folders, also where the tests run as root.
    `command` is what Python runs; `settings` is the rest of its environment.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": "0",
        "CONTENT_DIR": str(content),
        "DATABASE_PATH": str(database),
        "BEAT_SECONDS": "1",
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_drop_override if unprivileged else None,  # noqa: PLW1509 - no threads matter here
    )
    return ServedBot(process)


@contextlib.contextmanager
def served(database, content, **more):
    """The bot, listening; it is killed at the end where it has not ended by then."""
    bot = start_bot(database, content, **more)
    try:
        yield bot.wait()
    finally:
        bot.process.kill()
        bot.process.wait()


def ask(url, service_url, text):
    """Ask the running bot; the card comes in the response, so nothing needs to listen."""
    body = activity(service_url, text) | {"deliveryMode": "expectReplies"}
    request = Request(
        url + "/api/messages", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=30) as response:
        (reply,) = json.loads(response.read())["activities"]
    return reply["attachments"][0]["content"]["fallbackText"]


def ready(url):
    """The status of the running bot, and what it says of its parts."""
    try:
        with urlopen(url + "/readyz", timeout=10) as response:
            return response.status, json.loads(response.read())["parts"]
    except HTTPError as error:
        return error.code, json.loads(error.read())["parts"]
