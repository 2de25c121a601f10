"""The process that learns: a `Job` comes in by standard input, each `Learned` goes out by standard output."""

import logging
import os
import pickle
import sys
import threading

from bot import log
from bot.content.learning.work import Job, learn


def _end_with_parent() -> None:
    """Standard input ends when the parent does, however that came about; then nobody waits for this."""
    sys.stdin.buffer.read()
    os._exit(1)


def main() -> None:
    """Learn, and end."""
    # What a library prints must not come between the models.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    log.set_up(logging.WARNING)
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for learned in learn(job):
        pickle.dump(learned, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
    # Not by way of the thread that waits for standard input.
    os._exit(0)
