"""Starts the process that learns, takes what it learned, and sees to it that it ends."""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from bot.content.learning.work import Job, Learned

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "bot.content.learning")
MAX_SECONDS = 600.0
"""A process that takes longer is ended; 150 entries take a quiet core ten seconds."""
END_SECONDS = 5.0
"""For a process that breaks to end by itself, so that its status can be told."""
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""The other cores are for answering."""


class LearningError(Exception):
    """The process ended before it was done; the sentence says how."""


class LearningStoppedError(LearningError):
    """The bot itself is ending."""


class _CutOffError(Exception):
    """The other side of a pipe is gone, or does not speak our language."""


class LearningProcess:
    """Learns in a process of its own, one at a time; it never outlives this one.

    Its standard input stays open while it is wanted: when this process ends in whatever way, the
    input ends, and with it the process that learns.
    """

    def __init__(self, command: Sequence[str] = COMMAND, max_seconds: float = MAX_SECONDS) -> None:
        """Nothing is started yet.

        Args:
            command: reads a pickled `Job` and writes pickled `Learned`s.
            max_seconds: after which it is ended.
        """
        self._command, self._max_seconds = command, max_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = self._late = False

    def learn(self, job: Job) -> Iterator[Learned]:
        """What was learned, as it comes; takes seconds, so not on the event loop.

        Raises:
            LearningError: where the process breaks, is killed or takes too long.
        """
        process = self._start()
        timer = threading.Timer(self._max_seconds, self._time_out, [process])
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - for mypy
            _send(process.stdin, job)
            complete = False
            while not complete:
                learned = _receive(process.stdout)
                complete = learned.complete
                yield learned
        except _CutOffError:
            raise self._error(process) from None
        finally:
            timer.cancel()
            self._end(process)

    @property
    def pid(self) -> int | None:
        """The number of the process that learns at this moment."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process, and start none any more; may be called twice."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise LearningStoppedError("the bot ends")
            self._late = False
            pipe, environment = subprocess.PIPE, {**os.environ, **ONE_CORE}
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    self._command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe
                )
            except OSError as error:
                raise LearningError(f"it could not be started ({error.strerror})") from None
            return self._process

    def _time_out(self, process: subprocess.Popen[bytes]) -> None:
        self._late = True
        process.kill()

    def _error(self, process: subprocess.Popen[bytes]) -> LearningError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
        process.kill()
        status = process.wait()
        if self._closed:
            return LearningStoppedError("the bot ends")
        if self._late:
            return LearningError(f"it took more than {self._max_seconds:g} s")
        return LearningError(f"the process ended with status {status}")

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what it did not read is lost with it
                    pipe.close()
        with self._lock:
            self._process = None


def _send(pipe: IO[bytes], job: Job) -> None:
    try:
        pickle.dump(job, pipe, pickle.HIGHEST_PROTOCOL)
        pipe.flush()
    except OSError:
        raise _CutOffError from None


def _receive(pipe: IO[bytes]) -> Learned:
    try:
        learned = pickle.load(pipe)  # noqa: S301 - our own process wrote it
    except Exception:  # noqa: BLE001 - what is cut off may look like anything
        raise _CutOffError from None
    if not isinstance(learned, Learned):
        raise _CutOffError
    return learned
