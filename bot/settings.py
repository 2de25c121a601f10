"""Settings from the environment and `.env`, all mistakes reported at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.loopback import is_loopback
from bot.setting import (
    GUID,
    SDK_NAMES,
    SUBJECT,
    Setting,
    as_address,
    as_app_type,
    as_guid,
    as_guids,
    as_path,
    as_port,
    as_text,
    setting_field,
    whole_between,
)


class BadSettingsError(Exception):
    """One or more settings cannot be used; each mistake is a sentence of its own."""

    def __init__(self, mistakes: list[str]) -> None:
        """Keep every mistake."""
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings that can be used: each field with its row of the README's table."""

    app_id: str = setting_field(
        "MicrosoftAppId",
        "",
        "the bot's application id in Entra; empty is the local mode, without authentication",
        as_guid,
    )
    app_password: str = setting_field(
        "MicrosoftAppPassword",
        "",
        "the client secret's *value* (not its id); not used with `UserAssignedMSI`",
        as_text,
    )
    app_type: str = setting_field(
        "MicrosoftAppType",
        "SingleTenant",
        "`SingleTenant`, `UserAssignedMSI`, or `MultiTenant` for registrations that predate the ban",
        as_app_type,
    )
    tenant_id: str = setting_field(
        "MicrosoftAppTenantId", "", "the tenant whose members and guests the bot serves", as_guid
    )
    host: str = setting_field(
        "HOST", "127.0.0.1", "the address to listen on; in local mode loopback only", as_text
    )
    port: int = setting_field("PORT", "3978", "the port to listen on; 0 takes a free one", as_port)
    public_url: str = setting_field(
        "PUBLIC_URL",
        "",
        "the address at which others reach this host, for Teams and the calendar feed; https",
        as_address,
    )
    content_dir: Path = setting_field(  # noqa: RUF009 - a field
        "CONTENT_DIR", "faq/content", "the organiser's files", as_path
    )
    database_path: Path = setting_field(  # noqa: RUF009 - a field
        "DATABASE_PATH", "data/ladderbot.sqlite3", "the SQLite file with the subscriptions", as_path
    )
    community_name: str = setting_field(
        "COMMUNITY_NAME",
        "CoP Implementatie CO2-Prestatieladder",
        "the community's name in texts",
        as_text,
    )
    subject: tuple[str, str] = setting_field(*SUBJECT)
    contact: str = setting_field(
        "CONTACT",
        "de organisatie van de CoP",
        "who a member can reach: a name, an e-mail address, or a name and the link of a chat",
        as_text,
    )
    organisers: tuple[str, ...] = setting_field(
        "ORGANISERS",
        "",
        "Entra object ids of the organisers, separated by commas; checked, not used yet",
        as_guids,
    )
    beat_seconds: int = setting_field(
        "BEAT_SECONDS",
        "30",
        "seconds between two looks for due reminders and changed files",
        whole_between(1, 3_600),
    )
    sends_per_second: int = setting_field(
        "SENDS_PER_SECOND",
        "30",
        "the pace of reminders for the whole bot; Teams allows 50",
        whole_between(1, 50),
    )
    keep_questions_days: int = setting_field(
        "KEEP_QUESTIONS_DAYS",
        "90",
        "how long unanswered questions are kept, without who asked",
        whole_between(1, 3_650),
    )
    keep_deliveries_days: int = setting_field(
        "KEEP_DELIVERIES_DAYS",
        "400",
        "how long it is kept which reminders were sent",
        whole_between(90, 3_650),
    )
    backups_kept: int = setting_field(
        "BACKUPS_KEPT",
        "7",
        "the database's daily backups that are kept, in `backups` beside it; 0 makes none",
        whole_between(0, 365),
    )
    publisher: str = setting_field(
        "PUBLISHER",
        "",
        "for `package`: the organisation that offers the bot, as Teams shows it; at most 32 characters",
        as_text,
    )
    support_url: str = setting_field(
        "SUPPORT_URL", "", "for `package`: your page where members find help; https", as_address
    )
    privacy_url: str = setting_field(
        "PRIVACY_URL", "", "for `package`: your privacy statement of this bot; https", as_address
    )
    terms_url: str = setting_field(
        "TERMS_URL", "", "for `package`: your terms of use of this bot; https", as_address
    )

    @property
    def local(self) -> bool:
        """Without an application id: no authentication, and loopback only (docs/operate.md)."""
        return not self.app_id

    @property
    def content_cache(self) -> Path:
        """Where the last good content files are kept (with `.zip` behind it), beside the database."""
        return self.database_path.parent / "content-kept"

    @property
    def model_dir(self) -> Path:
        """Folder of what the search learned from the content; it may be thrown away."""
        return self.database_path.parent / "learned"


SETTINGS: tuple[Setting, ...] = tuple(each.metadata["setting"] for each in fields(Settings))
"""In the order of the README's table."""


def read(environment: Mapping[str, str], dotenv: Mapping[str, str | None], root: Path) -> Settings:
    """The settings of this environment; what it lacks comes from `.env`, relative paths from `root`.

    Raises:
        BadSettingsError: with a sentence for every mistake.
    """
    mistakes: list[str] = []
    values: dict[str, Any] = {}
    for each in fields(Settings):
        row: Setting = each.metadata["setting"]
        text = row.text_in(environment, dotenv)
        try:
            value = row.read(text)
        except ValueError as error:
            # A secret that is pasted in the wrong place must not end in a log.
            shown = "" if row.name.startswith("MicrosoftApp") else f" (now {text!r})"
            mistakes.append(f"{row.name} {error}{shown}.")
            value = row.read(row.default)
        values[each.name] = root / value if isinstance(value, Path) else value
    mistakes += _unread_names(environment, dotenv)
    settings = Settings(**values)
    mistakes += _contradictions(settings)
    if mistakes:
        raise BadSettingsError(mistakes)
    return settings


def _unread_names(
    environment: Mapping[str, str], dotenv: Mapping[str, str | None]
) -> Iterator[str]:
    """A name in another case, or the SDK's own name, would be ignored and leave the bot unprotected."""
    known = {row.name.casefold(): row.name for row in SETTINGS} | SDK_NAMES
    for name in sorted({*environment, *dotenv}):
        meant = known.get(name.casefold())
        if meant and name != meant and (name in dotenv or meant.startswith("Microsoft")):
            yield f"{name} is not read; write {meant}."


def _contradictions(s: Settings) -> Iterator[str]:
    """Settings that are right each by itself, and wrong together."""
    if s.local:
        if not is_loopback(s.host):
            yield (
                f"HOST is {s.host!r}, but without MicrosoftAppId there is no authentication, "
                "so only loopback is allowed: leave HOST out, or set MicrosoftAppId."
            )
        if s.app_password:
            yield "MicrosoftAppPassword is set but MicrosoftAppId is not; set both, or neither for the local mode."
        if s.tenant_id or s.app_type == "UserAssignedMSI":
            # Somebody meant to register it, and without an id nobody would be asked for a token.
            yield (
                "MicrosoftAppTenantId or MicrosoftAppType says that this bot is registered, but MicrosoftAppId "
                "is not set; set it, or leave the others out for the local mode."
            )
        return
    if s.app_type != "UserAssignedMSI" and not s.app_password:
        yield f"MicrosoftAppPassword is missing; {s.app_type} needs the client secret's value."
    if s.app_type != "MultiTenant" and not s.tenant_id:
        yield f"MicrosoftAppTenantId is missing; {s.app_type} needs the id of its tenant."
    if GUID.match(s.app_password):
        yield (
            "MicrosoftAppPassword looks like the secret's id; set its value, "
            "which is shown only once, when it is made."
        )
