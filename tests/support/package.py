"""What a reviewer checks in a Teams app package that no schema says.

https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/deploy-and-publish/appsource/prepare/teams-store-validation-guidelines
"""

import io
import json
import re
import struct
import zipfile
import zlib
from urllib.parse import urlsplit

from bot.cli import package
from bot.content.live import read_texts
from bot.settings import read
from tests.support import ROOT

ID = "11111111-2222-3333-4444-555555555555"
PACKAGE_SETTINGS = {
    "MicrosoftAppId": ID,
    "MicrosoftAppPassword": "s3cret~value",
    "MicrosoftAppTenantId": ID,
    "PUBLIC_URL": "https://ladderbot.example.nl",
    "PUBLISHER": "Rijksdienst voor Ladders",
    "SUPPORT_URL": "https://www.example.nl/ladderbot",
    "PRIVACY_URL": "https://www.example.nl/ladderbot/privacy",
    "TERMS_URL": "https://www.example.nl/ladderbot/voorwaarden",
}

WHITE = (255, 255, 255)
URLS = ("websiteUrl", "privacyUrl", "termsOfUseUrl")
# Names of Teams' own, which an app may not carry.
CORE = re.compile(
    r"\b(teams|microsoft|chat|calendar|calls?|help|files|activity|meetings?)\b", re.IGNORECASE
)


def faults(packed: bytes) -> list[str]:
    """Everything that is wrong with a package; empty when it may be uploaded."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
            files = {name: zipped.read(name) for name in zipped.namelist()}
        manifest = json.loads(files["manifest.json"])
        return [*_files(manifest, files), *_texts(manifest), *_bots(manifest)]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        return [f"{type(error).__name__}: {error}"]


def _files(manifest, files):
    names = {"manifest.json", *manifest["icons"].values()}
    names |= {other["file"] for other in manifest["localizationInfo"]["additionalLanguages"]}
    if set(files) != names:
        yield f"files are {sorted(files)}, not {sorted(names)}"
    for key, size in (("color", 192), ("outline", 32)):
        width, height, pixels = png(files[manifest["icons"][key]])
        if (width, height) != (size, size):
            yield f"{key}: {width}x{height}"
        if key == "outline":
            if any(p[3] and p[:3] != WHITE for p in pixels):
                yield "outline has colours"
            if all(p[3] for p in pixels):
                yield "outline has no transparent background"
    for other in manifest["localizationInfo"]["additionalLanguages"]:
        translated = set(json.loads(files[other["file"]])) - {"$schema"}
        if translated != set(visible(manifest)):
            yield f"{other['file']}: {sorted(translated ^ set(visible(manifest)))}"


def _texts(manifest):
    if not re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", manifest["version"]):
        yield f"version {manifest['version']!r}"
    for key in URLS:
        if urlsplit(manifest["developer"][key]).scheme != "https":
            yield f"{key} is not https"
    for text in visible(manifest).values():
        if re.search(r"\{\w*\}|\$\{", text):
            yield f"placeholder left in {text!r}"
    if CORE.search(manifest["name"]["short"]):
        yield "the name is one of Teams' own"
    short = manifest["description"]["short"].strip()
    if re.search(r"\bapp\b", short, re.IGNORECASE) or not re.fullmatch(r"[^.!?]+[.]?", short):
        yield "the short description is not one sentence without 'app'"
    if len(manifest["description"]["full"].split()) > 500:
        yield "the long description has more than 500 words"
    for domain in manifest["validDomains"]:
        if "*" in domain or "/" in domain or domain.endswith((".azurewebsites.net", ".ngrok.io")):
            yield f"validDomains: {domain}"


def _bots(manifest):
    (bot,) = manifest["bots"]
    ids = {bot["botId"], *(e["botId"] for e in manifest["composeExtensions"])}
    if len(ids) != 1:
        yield "two bots"
    if "team" in bot["scopes"] and manifest.get("supportsChannelFeatures") != "tier1":
        yield "no supportsChannelFeatures"
    if bot.get("isNotificationOnly"):
        yield "a bot with commands says it has none"
    listed = [scope for commands in bot["commandLists"] for scope in commands["scopes"]]
    if sorted(listed) != sorted(bot["scopes"]):
        yield f"command lists for {listed}"
    for commands in bot["commandLists"]:
        titles = [command["title"] for command in commands["commands"]]
        if not 1 <= len(titles) <= 10 or len(set(titles)) != len(titles):
            yield f"{len(titles)} commands, {len(set(titles))} different"
        for command in commands["commands"]:
            if len(command["title"]) > 32 or not 1 <= len(command["description"]) <= 128:
                yield f"command {command['title']!r} is too long, or is not described"


def visible(manifest) -> dict[str, str]:
    """Every text of a manifest that people see, by the key of its translation."""
    texts = {
        f"{part}.{kind}": manifest[part][kind]
        for part, kinds in (("name", ("short", "full")), ("description", ("short", "full")))
        for kind in kinds
    }
    for at, commands in enumerate(manifest["bots"][0]["commandLists"]):
        for number, command in enumerate(commands["commands"]):
            place = f"bots[0].commandLists[{at}].commands[{number}]"
            texts |= {f"{place}.{key}": command[key] for key in ("title", "description")}
    for number, command in enumerate(manifest["composeExtensions"][0]["commands"]):
        place = f"composeExtensions[0].commands[{number}]"
        texts |= {f"{place}.{key}": command[key] for key in ("title", "description")}
        for at, parameter in enumerate(command["parameters"]):
            texts |= {
                f"{place}.parameters[{at}].{key}": parameter[key]
                for key in ("title", "description")
            }
    return texts


def png(raw: bytes) -> tuple[int, int, set[tuple[int, ...]]]:
    """Width, height and the colours of an 8-bit PNG without filters: what ours are."""
    if raw[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("no PNG")
    chunks, at = {}, 8
    while at < len(raw):
        size, name = struct.unpack(">I4s", raw[at : at + 8])
        body = raw[at + 8 : at + 8 + size]
        assert struct.unpack(">I", raw[at + 8 + size : at + 12 + size])[0] == zlib.crc32(
            name + body
        )
        chunks[name], at = body, at + 12 + size
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert depth == 8
    channels = {2: 3, 3: 1, 6: 4}[kind]
    lines = zlib.decompress(chunks[b"IDAT"])
    pixels = set()
    for y in range(height):
        line = lines[y * (width * channels + 1) : (y + 1) * (width * channels + 1)]
        assert line[0] == 0
        for x in range(width):
            value = tuple(line[1 + x * channels : 1 + (x + 1) * channels])
            if kind == 3:
                value = tuple(chunks[b"PLTE"][value[0] * 3 : value[0] * 3 + 3])
            pixels.add(value if len(value) == 4 else (*value, 255))
    return width, height, pixels


def packed(**more):
    settings = read(PACKAGE_SETTINGS | more, {}, ROOT)
    return package.pack(settings, read_texts(ROOT, settings), package.version(ROOT))


def files_of(zip_file):
    with zipfile.ZipFile(io.BytesIO(zip_file)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def manifest_of(zip_file):
    return json.loads(files_of(zip_file)["manifest.json"])


def commands(manifest, number=0):
    return manifest["bots"][0]["commandLists"][number]["commands"]
