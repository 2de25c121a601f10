"""One setting: its row of the table, and how its text is read."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

APP_TYPES = ("SingleTenant", "UserAssignedMSI", "MultiTenant")
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.IGNORECASE)
SUBJECT_MAX = 26
"""Characters: with more the app package has no room for the sentence around it."""
SDK_NAMES = {
    "app_id": "MicrosoftAppId",
    "app_password": "MicrosoftAppPassword",
    "app_type": "MicrosoftAppType",
    "app_tenantid": "MicrosoftAppTenantId",
}
"""Names in the settings of the SDK's samples → ours."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the environment, its default as text, what it is for, how it is read.

    To add one, add a field to `Settings` and a row to the README's table; a test compares them.
    """

    name: str
    default: str
    help: str
    read: Callable[[str], Any]
    """Raises ValueError with the end of a sentence: "must be …"."""

    def text_in(self, environment: Mapping[str, str], dotenv: Mapping[str, str | None]) -> str:
        """As it is written down: in the environment, else in `.env`, else its default."""
        text = environment.get(self.name)
        if text is None:
            text = dotenv.get(self.name) or self.default
        # Blank without a default is left to `read`: an application id of spaces is a mistake.
        return text if text.strip() else self.default or text


def setting_field(name: str, default: str, purpose: str, read: Callable[[str], Any]) -> Any:
    """A field of `Settings` that carries its `Setting`."""
    return field(metadata={"setting": Setting(name, default, purpose, read)})


def as_text(value: str) -> str:
    """Any text on one line, without the spaces around it."""
    value = value.strip()
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in value):
        raise ValueError("must be one line, without characters that cannot be seen")
    return value


def as_subject(value: str) -> tuple[str, str]:
    """In Dutch and in English; the same in both where it is said once."""
    dutch, slash, english = as_text(value).partition(" / ")
    both = dutch.strip(), (english if slash else dutch).strip()
    if not all(0 < len(each) <= SUBJECT_MAX for each in both):
        raise ValueError(
            f"must be 1 to {SUBJECT_MAX} characters in each language, such as: "
            "duurzaam inkopen / sustainable buying"
        )
    return both


SUBJECT = (
    "SUBJECT",
    "de CO2-Prestatieladder / the CO2 Performance Ladder",
    "what the answers are about, in Dutch and, behind ` / `, in English; at most 26 characters each",
    as_subject,
)
"""What the bot calls that which its answers are about: name, default, purpose and reader."""


def as_app_type(value: str) -> str:
    """One of `APP_TYPES`, in any case."""
    for known in APP_TYPES:
        if value.strip().casefold() == known.casefold():
            return known
    raise ValueError(f"must be one of {', '.join(APP_TYPES)}")


def as_guid(value: str) -> str:
    """A GUID in lower case, or empty."""
    if value and not GUID.match(value.strip()):
        raise ValueError("must be a GUID such as 11111111-2222-3333-4444-555555555555, or empty")
    return value.strip().lower()


def as_guids(value: str) -> tuple[str, ...]:
    """GUIDs, separated by commas or spaces."""
    return tuple(as_guid(part) for part in re.split(r"[\s,;]+", value.strip()) if part)


def as_port(value: str) -> int:
    """A port number; 0 is a free one."""
    return _whole(value, 0, 65_535)


def _whole(value: str, low: int, high: int) -> int:
    if not re.fullmatch(r"\d+", value.strip()) or not low <= int(value) <= high:
        raise ValueError(f"must be a whole number from {low} to {high}")
    return int(value)


def whole_between(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from `low` to `high`."""
    return lambda value: _whole(value, low, high)


def as_address(value: str) -> str:
    """An https address without a slash at its end, or empty."""
    value = as_text(value).rstrip("/")
    if value:
        parts = urlsplit(value)
        odd = parts.query or parts.fragment or parts.username is not None or " " in value
        if parts.scheme != "https" or not parts.hostname or odd:
            raise ValueError("must be an address such as https://ladderbot.example.nl, or empty")
    return value


def as_path(value: str) -> Path:
    """A path; `~` is the home folder."""
    return Path(as_text(value)).expanduser()
