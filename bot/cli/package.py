"""The Teams app package: manifest, language file and icons in a zip that an administrator uploads."""

import io
import json
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.teams.plain import linked
from dialogs.catalog import Texts
from dialogs.commands import listed
from dialogs.values import Place
from faq.language import DEFAULT, LANGUAGES, Language

SCHEMA = "1.30"
"""The newest manifest that Microsoft's validator knows (npm `@microsoft/app-manifest` 1.1.2)."""
FILE = "ladderbot.zip"
OTHERS = tuple(language for language in LANGUAGES if language != DEFAULT)
SEARCH = "search"
"""The id of the message extension's command."""
PUBLISHER_MAX = 32
ACCENT = "#1B6E4F"
"""The green of the colour icon."""
ICONS = {"color": "color.png", "outline": "outline.png"}
"""Beside this file: 192×192, all that matters within the middle 120×120; and 32×32, white on transparent."""

SCOPES = {"personal": Place.PERSONAL, "team": Place.CHANNEL, "groupChat": Place.GROUP}
"""The manifest's word for each place."""

# Domains that many share. Teams trusts what is in `validDomains`, and a reviewer refuses a shared one
# there, for no organisation can vouch for all of it. The bot works without.
SHARED_DOMAINS = (
    *("azurewebsites.net", "azurecontainerapps.io", "cloudapp.azure.com", "trafficmanager.net"),
    *("ngrok.io", "ngrok.app", "ngrok-free.app", "ngrok.dev", "devtunnels.ms", "loca.lt"),
    *("trycloudflare.com", "onrender.com", "fly.dev", "herokuapp.com", "github.io"),
)

# What the package needs, and where an operator finds it.
NEEDED = (
    ("MicrosoftAppId", "app_id", "Azure portal, your Azure Bot, Configuration, 'Microsoft App ID'"),
    ("PUBLIC_URL", "public_url", "the https address of this host, without /api/messages"),
    ("PUBLISHER", "publisher", "the name of your organisation, at most 32 characters"),
    ("SUPPORT_URL", "support_url", "a page of your organisation where members find help"),
    (
        "PRIVACY_URL",
        "privacy_url",
        "put the text of docs/privacy.md on a page of your organisation",
    ),
    ("TERMS_URL", "terms_url", "a page of your organisation with the terms of use of this bot"),
)


class CannotPackError(Exception):
    """What the package needs is missing; one sentence for each."""

    def __init__(self, sentences: list[str]) -> None:
        """Keep every sentence."""
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def missing_settings(settings: Settings) -> list[str]:
    """A sentence for every setting that the package needs and has not got."""
    sentences = [
        f"{name} is missing; {where}."
        for name, field, where in NEEDED
        if not getattr(settings, field)
    ]
    if len(settings.publisher) > PUBLISHER_MAX:
        sentences.append(
            f"PUBLISHER has {len(settings.publisher)} characters; Teams shows at most {PUBLISHER_MAX}."
        )
    return sentences


def version(root: Path) -> str:
    """The version of this code, from `pyproject.toml`."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return str(project["project"]["version"])


def manifest(settings: Settings, texts: Texts, version: str) -> dict[str, Any]:
    """The manifest, in Dutch; the other languages are in files of their own."""
    host = urlsplit(settings.public_url).hostname or ""
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": version,
        # One id for the bot and the app: it is the registration's, and stays the same for ever.
        "id": settings.app_id,
        "developer": {
            "name": settings.publisher,
            "websiteUrl": settings.support_url,
            "privacyUrl": settings.privacy_url,
            "termsOfUseUrl": settings.terms_url,
        },
        "localizationInfo": {
            "defaultLanguageTag": DEFAULT,
            "additionalLanguages": [{"languageTag": tag, "file": f"{tag}.json"} for tag in OTHERS],
        },
        "name": _short_and_full(texts, "name", "full_name"),
        "description": _short_and_full(texts, "short", "full"),
        "icons": ICONS,
        "accentColor": ACCENT,
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "supportsChannelFeatures": "tier1",
        "bots": [_bot(settings, texts)],
        "composeExtensions": [{"botId": settings.app_id, "commands": [_search_command(texts)]}],
        "validDomains": [host] if is_own_domain(host) else [],
    }


def _short_and_full(texts: Texts, short: str, full: str) -> dict[str, str]:
    return {
        "short": texts.get(DEFAULT, f"manifest.{short}"),
        "full": linked(texts.get(DEFAULT, f"manifest.{full}")),
    }


def _bot(settings: Settings, texts: Texts) -> dict[str, Any]:
    return {
        "botId": settings.app_id,
        "scopes": list(SCOPES),
        "supportsFiles": False,
        "isNotificationOnly": False,
        "commandLists": [
            {"scopes": [scope], "commands": _commands(texts, DEFAULT, place)}
            for scope, place in SCOPES.items()
        ],
    }


def _search_command(texts: Texts) -> dict[str, Any]:
    """The message extension's query, also shown before anything is typed."""
    return {
        "id": SEARCH,
        "type": "query",
        "context": ["compose", "commandBox"],
        "initialRun": True,
        "title": texts.get(DEFAULT, "manifest.search_title"),
        "description": texts.get(DEFAULT, "manifest.search_description"),
        "parameters": [
            {
                "name": "query",
                "title": texts.get(DEFAULT, "manifest.search_parameter"),
                "description": texts.get(DEFAULT, "manifest.search_hint"),
                "inputType": "text",
            }
        ],
    }


def is_own_domain(host: str) -> bool:
    """Whether a host is below a domain of one organisation, which can vouch for all of that."""
    return bool(host) and not any(host == d or host.endswith(f".{d}") for d in SHARED_DOMAINS)


def translation(texts: Texts, language: Language) -> dict[str, str]:
    """Every visible text of the manifest in another language (MicrosoftTeams.Localization.schema.json)."""
    search = "composeExtensions[0].commands[0]"
    keys = {
        "name.short": "name",
        "name.full": "full_name",
        "description.short": "short",
        "description.full": "full",
        f"{search}.title": "search_title",
        f"{search}.description": "search_description",
        f"{search}.parameters[0].title": "search_parameter",
        f"{search}.parameters[0].description": "search_hint",
    }
    translated = {
        path: linked(texts.get(language, f"manifest.{key}")) for path, key in keys.items()
    }
    for index, place in enumerate(SCOPES.values()):
        for number, command in enumerate(_commands(texts, language, place)):
            path = f"bots[0].commandLists[{index}].commands[{number}]"
            translated |= {f"{path}.{key}": text for key, text in command.items()}
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.Localization.schema.json",
        **translated,
    }


def _commands(texts: Texts, language: Language, place: Place) -> list[dict[str, str]]:
    return [
        {
            "title": texts.get(language, f"says.{id_}"),
            "description": texts.get(language, f"manifest.command.{id_}"),
        }
        for id_ in listed(place)
    ]


def pack(settings: Settings, texts: Texts, version: str) -> bytes:
    """The zip: the same bytes for the same settings and version, on every machine.

    Raises:
        CannotPackError: where a setting is missing; it says where to find each.
    """
    missing = missing_settings(settings)
    if missing:
        raise CannotPackError(missing)
    files = {
        "manifest.json": _json(manifest(settings, texts, version)),
        **{f"{language}.json": _json(translation(texts, language)) for language in OTHERS},
        **{name: (Path(__file__).parent / name).read_bytes() for name in ICONS.values()},
    }
    packed = io.BytesIO()
    # Stored, not packed: what zlib makes of it differs between machines.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as zipped:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)  # dated 1980
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            zipped.writestr(entry, content)
    return packed.getvalue()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
