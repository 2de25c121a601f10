"""Settings from the environment and `.env`, all mistakes reported at once."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

APP_TYPES = ("SingleTenant", "UserAssignedMSI", "MultiTenant")
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.IGNORECASE)


class BadSettingsError(Exception):
    """One or more settings cannot be used; each mistake is a sentence of its own."""

    def __init__(self, mistakes: list[str]) -> None:
        """Keep every mistake."""
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the environment, its default as text, what it is for, how it is read.

    The README's table is this list, held against it by a test.
    """

    name: str
    default: str
    help: str
    read: Callable[[str], Any]


def _text(value: str) -> str:
    return value.strip()


def _app_type(value: str) -> str:
    for known in APP_TYPES:
        if value.strip().casefold() == known.casefold():
            return known
    raise ValueError(f"must be one of {', '.join(APP_TYPES)}")


def _guid(value: str) -> str:
    if value and not _GUID.match(value.strip()):
        raise ValueError("must be a GUID such as 11111111-2222-3333-4444-555555555555, or empty")
    return value.strip().lower()


def _guids(value: str) -> tuple[str, ...]:
    return tuple(_guid(part) for part in re.split(r"[\s,;]+", value.strip()) if part)


def _port(value: str) -> int:
    return _whole(value, 0, 65_535)


def _whole(value: str, low: int, high: int) -> int:
    if not re.fullmatch(r"\d+", value.strip()) or not low <= int(value) <= high:
        raise ValueError(f"must be a whole number from {low} to {high}")
    return int(value)


def _between(low: int, high: int) -> Callable[[str], int]:
    return lambda value: _whole(value, low, high)


def _address(value: str) -> str:
    value = value.strip().rstrip("/")
    if value:
        parts = urlsplit(value)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("must be an address such as https://ladderbot.example.nl, or empty")
    return value


def _path(value: str) -> Path:
    return Path(value.strip()).expanduser()


ALL = (
    Setting(
        "MicrosoftAppId",
        "",
        "the bot's application id in Entra; empty is the local mode, without authentication",
        _guid,
    ),
    Setting(
        "MicrosoftAppPassword",
        "",
        "the client secret's *value* (not its id); not used with `UserAssignedMSI`",
        _text,
    ),
    Setting(
        "MicrosoftAppType",
        "SingleTenant",
        "`SingleTenant`, `UserAssignedMSI`, or `MultiTenant` for registrations that predate the ban",
        _app_type,
    ),
    Setting(
        "MicrosoftAppTenantId", "", "the tenant whose members and guests the bot serves", _guid
    ),
    Setting("HOST", "127.0.0.1", "the address to listen on; in local mode loopback only", _text),
    Setting("PORT", "3978", "the port to listen on; 0 takes a free one", _port),
    Setting(
        "PUBLIC_URL",
        "",
        "the address at which others reach this host, for Teams and the calendar feed; https",
        _address,
    ),
    Setting("CONTENT_DIR", "faq/content", "the organiser's files", _path),
    Setting(
        "DATABASE_PATH", "data/ladderbot.sqlite3", "the SQLite file with the subscriptions", _path
    ),
    Setting(
        "COMMUNITY_NAME",
        "CoP Implementatie CO2-Prestatieladder",
        "the community's name in texts",
        _text,
    ),
    Setting(
        "CONTACT",
        "de organisatie van de CoP",
        "who a member can reach: a name or an e-mail address",
        _text,
    ),
    Setting(
        "ORGANISERS",
        "",
        "Entra object ids of the organisers, separated by commas; checked, not used yet",
        _guids,
    ),
    Setting(
        "BEAT_SECONDS",
        "30",
        "how often the pulse looks for due reminders and changed files",
        _between(1, 3_600),
    ),
    Setting(
        "SENDS_PER_SECOND",
        "30",
        "the pace of reminders for the whole bot; Teams allows 50",
        _between(1, 50),
    ),
    Setting(
        "KEEP_QUESTIONS_DAYS",
        "90",
        "how long unanswered questions are kept, without who asked",
        _between(1, 3_650),
    ),
    Setting(
        "KEEP_DELIVERIES_DAYS",
        "400",
        "how long it is kept which reminders were sent",
        _between(90, 3_650),
    ),
    Setting(
        "PUBLISHER",
        "",
        "for `package`: the organisation that offers the bot, as Teams shows it; at most 32 characters",
        _text,
    ),
    Setting("SUPPORT_URL", "", "for `package`: your page where members find help; https", _address),
    Setting(
        "PRIVACY_URL", "", "for `package`: your privacy statement of this bot; https", _address
    ),
    Setting("TERMS_URL", "", "for `package`: your terms of use of this bot; https", _address),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings that can be used; the fields are the names of `ALL` in lower case."""

    app_id: str
    app_password: str
    app_type: str
    tenant_id: str
    host: str
    port: int
    public_url: str
    content_dir: Path
    database_path: Path
    community_name: str
    contact: str
    organisers: tuple[str, ...]
    beat_seconds: int
    sends_per_second: int
    keep_questions_days: int
    keep_deliveries_days: int
    publisher: str
    support_url: str
    privacy_url: str
    terms_url: str

    @property
    def local(self) -> bool:
        """Without an application id: no authentication, and loopback only (DESIGN 4.2)."""
        return not self.app_id


def read(environment: Mapping[str, str], dotenv: Mapping[str, str | None], root: Path) -> Settings:
    """The settings of this environment; what it lacks comes from `.env`, relative paths from `root`.

    Raises:
        BadSettingsError: with a sentence for every mistake.
    """
    mistakes: list[str] = []
    values: dict[str, Any] = {}
    for setting in ALL:
        text = environment.get(setting.name)
        if text is None:
            text = dotenv.get(setting.name) or None
        if text is None or (not text.strip() and setting.default):
            text = setting.default
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            # A secret that is pasted in the wrong place must not end in a log.
            shown = "" if setting.name.startswith("MicrosoftApp") else f" (now {text!r})"
            mistakes.append(f"{setting.name} {error}{shown}.")
            values[setting.name] = setting.read(setting.default)
    mistakes += _misspelt(environment, dotenv)
    settings = Settings(
        app_id=values["MicrosoftAppId"],
        app_password=values["MicrosoftAppPassword"],
        app_type=values["MicrosoftAppType"],
        tenant_id=values["MicrosoftAppTenantId"],
        content_dir=root / values["CONTENT_DIR"],
        database_path=root / values["DATABASE_PATH"],
        **{
            s.name.lower(): values[s.name]
            for s in ALL[4:]
            if s.name not in ("CONTENT_DIR", "DATABASE_PATH")
        },
    )
    mistakes += _together(settings)
    if mistakes:
        raise BadSettingsError(mistakes)
    return settings


def _misspelt(environment: Mapping[str, str], dotenv: Mapping[str, str | None]) -> list[str]:
    """A name in another case, or the SDK's own name, would be ignored and leave the door open."""
    known = {setting.name.casefold(): setting.name for setting in ALL}
    known |= {
        "app_id": "MicrosoftAppId",
        "app_password": "MicrosoftAppPassword",
        "app_type": "MicrosoftAppType",
        "app_tenantid": "MicrosoftAppTenantId",
    }
    found: list[str] = []
    for name in sorted({*environment, *dotenv}):
        meant = known.get(name.casefold())
        if meant and name != meant and (name in dotenv or meant.startswith("Microsoft")):
            found.append(f"{name} is not read; write {meant}.")
    return found


def _together(s: Settings) -> list[str]:
    """What only shows when the settings are seen together."""
    mistakes: list[str] = []
    if s.local:
        if not is_loopback(s.host):
            mistakes.append(
                f"HOST is {s.host!r}, but without MicrosoftAppId there is no authentication, "
                "so only loopback is allowed: leave HOST out, or set MicrosoftAppId."
            )
        if s.app_password:
            mistakes.append(
                "MicrosoftAppPassword is set but MicrosoftAppId is not; set both, or neither for the local mode."
            )
        return mistakes
    if s.app_type != "UserAssignedMSI" and not s.app_password:
        mistakes.append(
            f"MicrosoftAppPassword is missing; {s.app_type} needs the client secret's value."
        )
    if s.app_type != "MultiTenant" and not s.tenant_id:
        mistakes.append(
            f"MicrosoftAppTenantId is missing; {s.app_type} needs the id of its tenant."
        )
    if _GUID.match(s.app_password):
        mistakes.append(
            "MicrosoftAppPassword looks like the secret's id; set its value, which is shown only once, when it is made."
        )
    return mistakes


def is_loopback(host: str) -> bool:
    """Whether this host name or address can only be reached from this machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
