"""How the outbox named leads and reasons before migration m006: a lead as one text, a reason as a sentence."""

import re

UNITS = {"d": 1440, "h": 60, "m": 1}
REASONS = {
    "stop": "stop",
    "paused": "paused",
    "other leads chosen": "other_leads",
    "blocked": "blocked",
    "removed": "removed",
    "uninstalled": "uninstalled",
    "disabled": "disabled",
    "deleted": "deleted",
    "the meeting was moved or cancelled": "meeting_changed",
    "the meeting has started": "meeting_started",
    "the meeting is past": "meeting_past",
    "what people were told is so again": "change_undone",
    "a nearer reminder took its place": "superseded",
    "cut off": "cut_off",
    "not found": "not_found",
    "the address cannot be read": "bad_address",
}
IN_DOUBT = ("504", "cut off: ", "broke: ", "the answer was not the connector's")
SETUP = ("401", "no token")


def read_lead(lead: str) -> dict[str, str | int]:
    """The columns for a `lead`: `7d`, `7d 2026-12-15T11:00` for a meeting that was moved, or `change 2`."""
    first, _, second = lead.partition(" ")
    if first == "change":
        return {"kind": "correction", "number": int(second), "moment": ""}
    minutes = int(first[:-1]) * UNITS[first[-1]]
    return {"kind": "reminder", "number": minutes, "moment": second}


def read_why(state: str, why: str) -> dict[str, str]:
    """The columns for a `why`; what is no sentence of ours is the detail."""
    if why in REASONS:
        return {"reason": REASONS[why], "detail": ""}
    given_up = re.fullmatch(r"after \d+ attempts: (.*)", why, re.DOTALL)
    if given_up:
        return {"reason": "gave_up", "detail": given_up[1]}
    if state == "failed":
        return {"reason": "refused", "detail": why}
    if why.startswith(IN_DOUBT):
        return {"reason": "in_doubt", "detail": why}
    return {"reason": "setup" if why.startswith(SETUP) else "later", "detail": why}
