"""Logs: one line a turn, no message text and no ids; JSON unless standard error is a terminal."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

TURN_ID: ContextVar[str] = ContextVar("turn", default="")
"""The random number of the turn under way, by which its lines are found together."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line, with the keys that log collectors expect."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, without the message of an error: it may quote a member."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if turn_id := TURN_ID.get():
            line["turn"] = turn_id
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """One line a record, for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record: local time, no braces; without the message of an error, as above."""
        fields = " ".join(f"{k}={v}" for k, v in getattr(record, "fields", {}).items())
        turn = f"[{TURN_ID.get()}] " if TURN_ID.get() else ""
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        line = f"{time} {record.levelname.lower():7} {turn}{record.getMessage()} {fields}".rstrip()
        if record.exc_info and record.exc_info[0]:
            line += f" ({record.exc_info[0].__name__} at {', '.join(_places(record))})"
        return line


def _places(record: logging.LogRecord) -> list[str]:
    """File and line of each step to an error, the last eight."""
    places = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-8:]


def set_up(level: int) -> None:
    """Send everything from `level` up to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainFormatter() if sys.stderr.isatty() else JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # These speak of every job and request; the turn's own line says enough.
    for chatty in ("apscheduler", "aiohttp.access", "msal", "asyncio"):
        logging.getLogger(chatty).setLevel(max(level, logging.WARNING))
    # Its warnings hold addresses, and those hold ids.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
