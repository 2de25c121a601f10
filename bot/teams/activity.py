"""The JSON of an activity as it arrives, checked before anything is made of it."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bot.teams.service_url import is_address

MSTEAMS = "msteams"
"""The `channelId` of Teams, the one channel that is accepted with a token."""

NEEDED = ("type", "channelId", "serviceUrl")
TEXTS = (
    *NEEDED,
    "id",
    "text",
    "name",
    "action",
    "deliveryMode",
)
OPTIONAL = ("locale", "localTimezone")
"""Texts that only add to a message; one that is odd is as good as none, and loses nobody a word."""
_TAG = re.compile(r"[A-Za-z0-9_+/-]{1,64}")
"""A language or a time zone; what is more, such as a link, would be shown to the member as it is."""
ACCOUNTS = ("from", "recipient")
ACCOUNT_TEXTS = ("id", "name", "aadObjectId")
ID_MAX = 1_024
"""Characters of an id; those of Teams have some 200."""
TEXT_MAX = 8_000
"""Characters of a text that are looked at: four times what a dialog reads, for it is HTML and holds mentions."""
ATTACHMENTS_MAX = 100
"""Attachments that are looked at."""
LISTS = {"entities": 100, "membersAdded": 2_000, "membersRemoved": 2_000}
"""Lists of objects, and how many of each are looked at; Teams lets a message mention 20 people."""


class RefusedError(Exception):
    """A request that is refused: its status, and a reason.

    `reason` is logged and answered, so it never quotes the request.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def parse(raw: bytes) -> dict[str, Any]:
    """The JSON object of an activity, what we read in it of the right kind; the rest is nobody's business.

    Raises:
        RefusedError: 400, with the reason.
    """
    body = _object(raw)
    body |= {key: None for key in OPTIONAL if not _is_tag(body.get(key))}
    body["attachments"] = _objects_in(body.get("attachments"))
    _texts(body)
    body["text"] = (body.get("text") or "")[:TEXT_MAX]
    if not is_address(body["serviceUrl"]):
        raise RefusedError(400, "serviceUrl is not an address")
    _conversation(body.get("conversation"))
    _id("id", body.get("id"))
    for key in ACCOUNTS:
        if body.get(key) is not None:
            _account(key, body[key])
    for key in LISTS:
        if body.get(key) is not None:
            _objects(key, body[key])
    if not isinstance(body.get("channelData"), dict | None):
        raise RefusedError(400, "channelData is not an object")
    body["channelData"] = body.get("channelData") or {}
    for key in ("tenant", "team", "channel"):
        _id(f"{key}.id", inner(body["channelData"], key, "id"))
    return body


def inner(data: object, *keys: str) -> str:
    """The text that lies under these keys; empty where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, str) else ""


def _object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_named_once)
        if b"\\ud" in raw or b"\\uD" in raw:
            # Half a surrogate pair is no character: it would break the store and the sender later on.
            whole = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
            body = json.loads(whole)
    except (ValueError, RecursionError):
        raise RefusedError(400, "body is not JSON") from None
    if not isinstance(body, dict):
        raise RefusedError(400, "body is not an object")
    return body


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of a name that is there twice two readers could take two values."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise RefusedError(400, "a field is named twice")
    return made


def _id(key: str, value: str | None) -> None:
    """An id is data: it becomes part of a path and of a key, so it holds nothing that is more than that."""
    if not value:
        return
    if len(value) > ID_MAX:
        raise RefusedError(400, f"{key} is too long")
    if value in (".", "..") or any(unicodedata.category(c) == "Cc" for c in value):
        raise RefusedError(400, f"{key} is not an id")


def _texts(body: Mapping[str, Any]) -> None:
    for key in TEXTS:
        value = body.get(key)
        if value is None or value == "":
            if key in NEEDED:
                raise RefusedError(400, f"{key} is missing")
        elif not isinstance(value, str):
            raise RefusedError(400, f"{key} is not a text")


def _is_tag(value: object) -> bool:
    return isinstance(value, str) and _TAG.fullmatch(value) is not None


def _conversation(value: object) -> None:
    if not isinstance(value, dict):
        raise RefusedError(400, "conversation is missing")
    if not isinstance(value.get("id"), str) or not value["id"]:
        raise RefusedError(400, "conversation.id is missing")
    _id("conversation.id", value["id"])
    if not isinstance(value.get("conversationType"), str | None):
        raise RefusedError(400, "conversationType is not a text")
    if not isinstance(value.get("isGroup"), bool | None):
        raise RefusedError(400, "isGroup is neither true nor false")


def _objects_in(value: object) -> list[dict[str, Any]]:
    """The objects of a list that only adds to a message."""
    some = value[:ATTACHMENTS_MAX] if isinstance(value, list) else []
    return [item for item in some if isinstance(item, dict)]


def _objects(key: str, value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RefusedError(400, f"{key} is not a list of objects")
    del value[LISTS[key] :]
    if key.startswith("members"):
        for account in value:
            _account(key, account)


def _account(key: str, value: object) -> None:
    if not isinstance(value, dict):
        raise RefusedError(400, f"{key} is not an account")
    if not all(isinstance(value.get(name), str | None) for name in ACCOUNT_TEXTS):
        raise RefusedError(400, f"{key} has an id or a name that is not a text")
    for name in ("id", "aadObjectId"):
        _id(f"{key}.{name}", value.get(name))
