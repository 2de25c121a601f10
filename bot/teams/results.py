"""What the connector's answer means: status and body → a result of ours.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability
(status codes from bot conversational APIs)
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.channel import Gone, GoneReason, InDoubt, Later, Refused, Result, Sent

LATER = frozenset({408, 412, 425, 429})
"""What passes by itself, like all of 5xx; Microsoft names 412, 429, 502 and 503."""
IN_DOUBT = frozenset({504, 520, 524})
"""A gateway that got no answer, or one it did not understand, from who may have taken the message."""

GONE: Mapping[str, GoneReason] = {
    "conversationblockedbyuser": GoneReason.BLOCKED,
    "messagewritesblocked": GoneReason.BLOCKED,
    "209": GoneReason.BLOCKED,
    "botdisabledbyadmin": GoneReason.DISABLED,
    "botnotinconversationroster": GoneReason.REMOVED,
    "membernotfoundinconversation": GoneReason.REMOVED,
    "conversationnotfound": GoneReason.NOT_FOUND,
    "activitynotfoundinconversation": GoneReason.DELETED,
}
"""Codes of a conversation that cannot be reached any more → why. 209 is a thread blocked from message writes.

Only a code counts: a text may be anybody's, and a page or an empty answer is that of a proxy or a firewall.
"""
GONE_STATUSES = frozenset({400, 403, 404})
ID_MAX = 1_000
"""Characters of an id that is kept; Teams' own have some twenty."""


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
        return _sent(body)
    codes = list(_codes(body))
    why = f"{status} {codes[0] if codes else ''}".strip()
    if status in IN_DOUBT:
        return InDoubt(why)
    if status in LATER or status >= 500:
        return Later(why, _seconds(retry_after, now))
    if status == 401:
        # Whoever refuses it: without a token that counts nothing gets through.
        return Refused(why, setup=True)
    if not codes or status < 400:
        return Later(f"not the connector's answer: {status}", _seconds(retry_after, now))
    if status in GONE_STATUSES:
        for code in codes:
            if reason := GONE.get(code.casefold()):
                return Gone(reason)
    return Refused(why)


def host_given(status: int, raw: bytes) -> str:
    """The service URL that an `InvalidBotApiHost` names; empty for anything else."""
    text = raw.decode("utf-8", "replace")
    if status != 403 or "invalidbotapihost" not in text.casefold():
        return ""
    url = re.search(r"https://[\w.-]+(?:/[\w/-]*)?", text)
    return url[0].rstrip("./") if url else ""


def _sent(body: Mapping[str, Any] | None) -> Result:
    """A success is one whatever its body: what was taken must not be sent again because we cannot read that."""
    body = body or {}
    if "activityId" in body:
        return Sent(_id(body["activityId"]), _id(body.get("id")))
    return Sent(_id(body.get("id")))


def _id(value: object) -> str:
    """An id that can be stored and sent back; empty where it is none."""
    if not isinstance(value, str) or not value.isprintable() or len(value) > ID_MAX:
        return ""
    return value


def _json(raw: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _codes(body: Mapping[str, Any] | None) -> Iterator[str]:
    """The error's codes, wherever they stand; letters and digits only, for the first ends in a log.

    Bodies differ: the code may stand in `error`, at the top, or in JSON within the message.
    """
    body = body or {}
    error = body.get("error")
    for place in (error if isinstance(error, dict) else {}, body):
        for key in ("code", "errorCode", "subCode"):
            value = place.get(key)
            if isinstance(value, str | int) and (code := re.sub(r"\W", "", str(value))[:60]):
                yield code
        message = place.get("message")
        inner = _json(message.encode("utf-8", "replace")) if isinstance(message, str) else None
        if inner and "message" not in inner:
            yield from _codes(inner)


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header, in either form of RFC 9110, 10.2.3; None where it asks for no wait."""
    text = (retry_after or "").strip()
    if re.fullmatch(r"\d{1,15}(\.\d{1,9})?", text, re.ASCII):
        return float(text) or None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    wait = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return wait if wait > 0 else None
