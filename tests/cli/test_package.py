"""The Teams app package: what an administrator uploads, held against a reviewer's rules."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest

from bot.cli import package
from bot.content.live import read_texts
from bot.settings import read
from dialogs import conversation
from dialogs.values import ConversationState, Message, Place
from tests.support import ROOT
from tests.support.content import texts
from tests.support.package import (
    ID,
    PACKAGE_SETTINGS,
    commands,
    faults,
    files_of,
    manifest_of,
    packed,
    png,
)
from tests.support.process import run_app

GREEN = (0x1B, 0x6E, 0x4F)
COLOR, OUTLINE = ((ROOT / "bot" / "cli" / name).read_bytes() for name in package.ICONS.values())


def repacked(change=None, **other):
    """Our package, with something broken in it."""
    files = files_of(packed())
    manifest = json.loads(files["manifest.json"])
    if change:
        change(manifest)
    files["manifest.json"] = json.dumps(manifest).encode()
    for name, content in other.items():
        files[name.replace("_", ".")] = content
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as zipped:
        for name, content in files.items():
            if content is not None:
                zipped.writestr(name, content)
    return broken.getvalue()


def test_the_package_keeps_every_rule_of_a_reviewer():
    assert faults(packed()) == []


BROKEN = {
    "no outline icon": repacked(outline_png=None),
    "an icon too much": repacked(extra_png=COLOR),
    "outline in colour": repacked(outline_png=COLOR),
    "icon is no picture": repacked(color_png=b"picture"),
    "language file lacks a text": repacked(en_json=b'{"name.short": "Ladderbot"}'),
    "manifest is no JSON": repacked(manifest_json=b"{"),
    "plain http": repacked(lambda m: m["developer"].update(privacyUrl="http://example.nl")),
    "version is a word": repacked(lambda m: m.update(version="one")),
    "placeholder": repacked(lambda m: m["name"].update(full="Bot van {community}")),
    "name of Teams' own": repacked(lambda m: m["name"].update(short="Teams Ladder")),
    "two sentences": repacked(lambda m: m["description"].update(short="Een. Twee.")),
    "the word app": repacked(lambda m: m["description"].update(short="Een app voor vragen")),
    "wildcard domain": repacked(lambda m: m.update(validDomains=["*.example.nl"])),
    "shared domain": repacked(lambda m: m.update(validDomains=["a.azurewebsites.net"])),
    "another bot": repacked(lambda m: m["composeExtensions"][0].update(botId="x")),
    "no channel features": repacked(lambda m: m.pop("supportsChannelFeatures")),
    "notification only": repacked(lambda m: m["bots"][0].update(isNotificationOnly=True)),
    "no list for a scope": repacked(lambda m: m["bots"][0]["commandLists"].pop()),
    "twice the same command": repacked(lambda m: commands(m).append(commands(m)[0])),
    "eleven commands": repacked(
        lambda m: commands(m).extend({"title": f"c{n}", "description": "d"} for n in range(11))
    ),
    "undescribed command": repacked(lambda m: commands(m)[0].update(description="")),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_package_is_refused(broken):
    assert faults(broken) != []


def test_no_permission_is_asked():
    manifest = manifest_of(packed())

    assert not {"permissions", "devicePermissions", "authorization", "webApplicationInfo"} & set(
        manifest
    )
    assert manifest["bots"][0]["supportsFiles"] is False


def test_the_same_settings_give_the_same_bytes():
    assert packed() == packed()


def test_the_version_is_the_projects():
    project = (ROOT / "pyproject.toml").read_text("utf-8")

    assert f'version = "{manifest_of(packed())["version"]}"' in project


def test_the_bot_and_the_app_carry_the_registrations_id():
    manifest = manifest_of(packed())

    assert {manifest["id"], manifest["bots"][0]["botId"]} == {ID}


@pytest.mark.parametrize(
    "host", ["ladderbot.azurewebsites.net", "a1b2.ngrok-free.app", "x-3978.euw.devtunnels.ms"]
)
def test_a_domain_of_others_is_not_vouched_for(host):
    shared = packed(PUBLIC_URL=f"https://{host}")

    assert manifest_of(shared)["validDomains"] == []
    assert faults(shared) == []


def test_our_own_domain_is_the_only_one():
    assert manifest_of(packed())["validDomains"] == ["ladderbot.example.nl"]


@pytest.mark.parametrize(
    "name", ["MicrosoftAppId", "PUBLIC_URL", "PUBLISHER", "SUPPORT_URL", "PRIVACY_URL", "TERMS_URL"]
)
def test_a_missing_setting_is_named_with_where_to_find_it(name):
    rest = {k: v for k, v in PACKAGE_SETTINGS.items() if k != name}
    if name == "MicrosoftAppId":
        # With these a bot without its id is refused before.
        rest = {k: v for k, v in rest.items() if not k.startswith("MicrosoftApp")}
    settings = read(rest, {}, ROOT)

    (sentence,) = package.missing_settings(settings)

    assert sentence.startswith(f"{name} is missing; ")
    with pytest.raises(package.CannotPackError, match=name):
        package.pack(settings, read_texts(ROOT, settings), "1.0.0")


def test_a_name_that_teams_would_cut_is_refused():
    settings = read(PACKAGE_SETTINGS | {"PUBLISHER": "x" * 33}, {}, ROOT)

    assert "at most 32" in package.missing_settings(settings)[0]


def test_the_icons_have_the_sizes_and_colours_of_teams():
    width, height, colours = png(COLOR)
    small = png(OUTLINE)
    lines = small[2]

    assert (width, height) == (192, 192)
    assert small[:2] == (32, 32)
    assert GREEN in {p[:3] for p in colours}
    assert "#{:02X}{:02X}{:02X}".format(*GREEN) == package.ACCENT
    assert {p[3] for p in colours} == {255}
    assert {p[:3] for p in lines if p[3]} == {(255, 255, 255)}
    assert any(not p[3] for p in lines)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_listed_command_is_understood_in_every_scope_in_which_it_is_listed(
    language, context_without_content
):
    """Also without any content: the words are the texts' own."""
    scopes = {"personal": Place.PERSONAL, "team": Place.CHANNEL, "groupChat": Place.GROUP}
    translated = package.translation(texts(), "en")
    for index, listed in enumerate(manifest_of(packed())["bots"][0]["commandLists"]):
        for number, command in enumerate(listed["commands"]):
            key = f"bots[0].commandLists[{index}].commands[{number}].title"
            title = command["title"] if language == "nl" else translated[key]
            for scope in listed["scopes"]:
                now = datetime(2026, 11, 24, tzinfo=UTC)
                message = Message(text=title, at=now, place=scopes[scope])
                reply = conversation.respond(context_without_content, message, ConversationState())

                assert (title, reply.outcome.kind) == (title, "command")
                assert reply.card.choices, title


def test_personal_commands_are_listed_for_a_personal_chat_only():
    manifest = manifest_of(packed())

    assert "Mijn gegevens" in {c["title"] for c in commands(manifest, 0)}
    assert "Mijn gegevens" not in {c["title"] for c in commands(manifest, 1)}


def test_the_welcome_gives_the_manifests_name():
    assert texts().get("nl", "manifest.name") in texts().get("nl", "welcome.title")


def test_the_command_writes_the_zip_and_says_what_to_do_with_it(tmp_path):
    done = run_app("package", "--out", tmp_path, **PACKAGE_SETTINGS)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Upload it in Teams" in done.stdout
    assert faults((tmp_path / "ladderbot.zip").read_bytes()) == []


def test_the_command_says_all_that_it_lacks_and_writes_nothing(tmp_path):
    done = run_app("package", "--out", tmp_path)

    assert done.returncode == 2
    assert len(re.findall(r"is missing; ", done.stderr)) == 6
    assert list(tmp_path.iterdir()) == []
