"""Settings from the environment and `.env`, all mistakes reported at once."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
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

    To add one, add a field to `Settings` and a row to the README's table; a test compares them.
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


def _setting(name: str, default: str, purpose: str, read: Callable[[str], Any]) -> Any:
    """A field of `Settings` that carries its `Setting`."""
    return field(metadata={"setting": Setting(name, default, purpose, read)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings that can be used: each field with its row of the README's table."""

    app_id: str = _setting(
        "MicrosoftAppId",
        "",
        "the bot's application id in Entra; empty is the local mode, without authentication",
        _guid,
    )
    app_password: str = _setting(
        "MicrosoftAppPassword",
        "",
        "the client secret's *value* (not its id); not used with `UserAssignedMSI`",
        _text,
    )
    app_type: str = _setting(
        "MicrosoftAppType",
        "SingleTenant",
        "`SingleTenant`, `UserAssignedMSI`, or `MultiTenant` for registrations that predate the ban",
        _app_type,
    )
    tenant_id: str = _setting(
        "MicrosoftAppTenantId", "", "the tenant whose members and guests the bot serves", _guid
    )
    host: str = _setting(
        "HOST", "127.0.0.1", "the address to listen on; in local mode loopback only", _text
    )
    port: int = _setting("PORT", "3978", "the port to listen on; 0 takes a free one", _port)
    public_url: str = _setting(
        "PUBLIC_URL",
        "",
        "the address at which others reach this host, for Teams and the calendar feed; https",
        _address,
    )
    content_dir: Path = _setting("CONTENT_DIR", "faq/content", "the organiser's files", _path)  # noqa: RUF009 - a field, no value
    database_path: Path = _setting(  # noqa: RUF009 - idem
        "DATABASE_PATH", "data/ladderbot.sqlite3", "the SQLite file with the subscriptions", _path
    )
    community_name: str = _setting(
        "COMMUNITY_NAME",
        "CoP Implementatie CO2-Prestatieladder",
        "the community's name in texts",
        _text,
    )
    contact: str = _setting(
        "CONTACT",
        "de organisatie van de CoP",
        "who a member can reach: a name or an e-mail address",
        _text,
    )
    organisers: tuple[str, ...] = _setting(
        "ORGANISERS",
        "",
        "Entra object ids of the organisers, separated by commas; checked, not used yet",
        _guids,
    )
    beat_seconds: int = _setting(
        "BEAT_SECONDS",
        "30",
        "how often the pulse looks for due reminders and changed files",
        _between(1, 3_600),
    )
    sends_per_second: int = _setting(
        "SENDS_PER_SECOND",
        "30",
        "the pace of reminders for the whole bot; Teams allows 50",
        _between(1, 50),
    )
    keep_questions_days: int = _setting(
        "KEEP_QUESTIONS_DAYS",
        "90",
        "how long unanswered questions are kept, without who asked",
        _between(1, 3_650),
    )
    keep_deliveries_days: int = _setting(
        "KEEP_DELIVERIES_DAYS",
        "400",
        "how long it is kept which reminders were sent",
        _between(90, 3_650),
    )
    publisher: str = _setting(
        "PUBLISHER",
        "",
        "for `package`: the organisation that offers the bot, as Teams shows it; at most 32 characters",
        _text,
    )
    support_url: str = _setting(
        "SUPPORT_URL", "", "for `package`: your page where members find help; https", _address
    )
    privacy_url: str = _setting(
        "PRIVACY_URL", "", "for `package`: your privacy statement of this bot; https", _address
    )
    terms_url: str = _setting(
        "TERMS_URL", "", "for `package`: your terms of use of this bot; https", _address
    )

    @property
    def local(self) -> bool:
        """Without an application id: no authentication, and loopback only (DESIGN 4.2)."""
        return not self.app_id

    @property
    def content_cache(self) -> Path:
        """Folder of the last good content files: beside the database, which outlives a deploy."""
        return self.database_path.parent / "content-kept"

    @property
    def model_dir(self) -> Path:
        """Folder of what the search learned from the content; it may be thrown away."""
        return self.database_path.parent / "learned"


ALL: tuple[Setting, ...] = tuple(each.metadata["setting"] for each in fields(Settings))
"""In the order of the README's table."""


def read(environment: Mapping[str, str], dotenv: Mapping[str, str | None], root: Path) -> Settings:
    """The settings of this environment; what it lacks comes from `.env`, relative paths from `root`.

    Raises:
        BadSettingsError: with a sentence for every mistake.
    """
    mistakes: list[str] = []
    values: dict[str, Any] = {}
    for each in fields(Settings):
        setting: Setting = each.metadata["setting"]
        text = _text_of(setting, environment, dotenv)
        try:
            value = setting.read(text)
        except ValueError as error:
            # A secret that is pasted in the wrong place must not end in a log.
            shown = "" if setting.name.startswith("MicrosoftApp") else f" (now {text!r})"
            mistakes.append(f"{setting.name} {error}{shown}.")
            value = setting.read(setting.default)
        values[each.name] = root / value if isinstance(value, Path) else value
    mistakes += _misspelt(environment, dotenv)
    settings = Settings(**values)
    mistakes += _together(settings)
    if mistakes:
        raise BadSettingsError(mistakes)
    return settings


def _text_of(
    setting: Setting, environment: Mapping[str, str], dotenv: Mapping[str, str | None]
) -> str:
    """A setting as it is written down: in the environment, else in `.env`, else its default."""
    text = environment.get(setting.name)
    if text is None:
        text = dotenv.get(setting.name) or setting.default
    # Blank where there is no default is left to the reader: an application id of spaces is a mistake.
    return text if text.strip() else setting.default or text


def _misspelt(environment: Mapping[str, str], dotenv: Mapping[str, str | None]) -> list[str]:
    """A name in another case, or the SDK's own name, would be ignored and leave the bot unprotected."""
    known = {setting.name.casefold(): setting.name for setting in ALL}
    known |= {
        "app_id": "MicrosoftAppId",
        "app_password": "MicrosoftAppPassword",
        "app_type": "MicrosoftAppType",
        "app_tenantid": "MicrosoftAppTenantId",
    }
    mistakes: list[str] = []
    for name in sorted({*environment, *dotenv}):
        meant = known.get(name.casefold())
        if meant and name != meant and (name in dotenv or meant.startswith("Microsoft")):
            mistakes.append(f"{name} is not read; write {meant}.")
    return mistakes


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
