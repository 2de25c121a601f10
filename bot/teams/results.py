"""What the connector's answer means: status and body → a result of ours.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability
(status codes from bot conversational APIs)
"""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.channel import RETRY_AFTER_MAX, Gone, GoneReason, InDoubt, Later, Refused, Result, Sent

LATER = frozenset({412, 429, 502, 503})
"""What Microsoft says to try again; so is 504, but that may have arrived."""

# Codes, and texts where the code is missing, of a conversation that cannot be reached any more → why.
# Bodies differ: the code may stand in `error`, at the top, or in JSON within a text.
GONE = (
    ("conversationblockedbyuser", GoneReason.BLOCKED),
    ("messagewritesblocked", GoneReason.BLOCKED),
    ("blocked from message writes", GoneReason.BLOCKED),
    ("botdisabledbyadmin", GoneReason.DISABLED),
    ("botnotinconversationroster", GoneReason.REMOVED),
    ("membernotfoundinconversation", GoneReason.REMOVED),
    ("activitynotfoundinconversation", GoneReason.DELETED),
)
WRITES_BLOCKED = "209"
"""The `errorCode` of a thread that is blocked from message writes: blocked or uninstalled."""


def result_of(status: int, raw: bytes, retry_after: str | None, now: datetime) -> Result:
    """The result of a call that was answered.

    Args:
        status: of the response.
        raw: its body, or the beginning of a long one.
        retry_after: its header of that name.
        now: when it came, for a `Retry-After` that is a date.
    """
    body = _json(raw)
    if 200 <= status < 300:
        return _sent(raw, body)
    why = f"{status} {_code(body)}".strip()
    if status == 504:
        return InDoubt(why)
    if status in LATER:
        return Later(why, _seconds(retry_after, now))
    if raw.strip() and body is None:
        # A page of a proxy or a firewall: it says nothing about the conversation.
        return Refused(f"not the connector's answer: {status}")
    if status in (400, 403, 404) and (reason := _gone(status, raw, body)):
        return Gone(reason)
    # One ConversationNotFound alone may be a passing fault, so the sender confirms it.
    not_found = status == 404 and b"conversationnotfound" in raw.lower()
    return Refused(why, setup=status == 401, not_found=not_found)


def _gone(status: int, raw: bytes, body: dict[str, Any] | None) -> GoneReason | None:
    """Why nobody is there any more; None where that is not what the response means."""
    text = raw.decode("utf-8", "replace").casefold()
    for mark, reason in GONE:
        if mark in text:
            return reason
    # An empty 403 is how a block or an uninstall looks at times.
    if status == 403 and (not raw.strip() or _code(body) == WRITES_BLOCKED):
        return GoneReason.BLOCKED
    return None


def host_given(status: int, raw: bytes) -> str:
    """The service URL that an `InvalidBotApiHost` names; empty for anything else."""
    text = raw.decode("utf-8", "replace")
    if status != 403 or "invalidbotapihost" not in text.casefold():
        return ""
    url = re.search(r"https://[\w.-]+(?:/[\w/-]*)?", text)
    return url[0].rstrip("./") if url else ""


def _sent(raw: bytes, body: dict[str, Any] | None) -> Result:
    if not raw.strip():
        return Sent("")
    if body is None:
        # A proxy's page with status 200 does not prove that anything arrived.
        return InDoubt("the answer was not the connector's")
    if "activityId" in body:
        return Sent(_text(body["activityId"]), _text(body.get("id")))
    return Sent(_text(body.get("id")))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _json(raw: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _code(body: dict[str, Any] | None) -> str:
    """The error's code, wherever it stands; letters and digits only, for it ends in a log."""
    body = body or {}
    error = body.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    code = code or body.get("errorCode") or body.get("code")
    return re.sub(r"\W", "", str(code))[:60] if isinstance(code, str | int) else ""


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header, in either form of RFC 9110, 10.2.3."""
    text = (retry_after or "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text, re.ASCII):
        return min(float(text), RETRY_AFTER_MAX)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    wait = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return min(max(wait, 0.0), RETRY_AFTER_MAX)
