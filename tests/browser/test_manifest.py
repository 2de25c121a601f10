"""The Teams app package before Microsoft's own validator (npm `@microsoft/app-manifest`), offline."""

import json
import subprocess

import jsonschema
import pytest

from bot.cli import package
from tests.browser.clients import HERE, MODULES
from tests.support.package import commands, files_of, packed

pytestmark = pytest.mark.browser

CHECK = """
globalThis.fetch = () => { throw new Error("a schema that the package does not ship"); };
const M = require("@microsoft/app-manifest");
const text = require("fs").readFileSync(0, "utf8");
(async () => {
  const errors = [];
  try { M.TeamsManifestConverter.jsonToManifest(text); } catch (e) { errors.push("type: " + e.message); }
  try { errors.push(...await M.AppManifestUtils.validateAgainstSchema(JSON.parse(text))); }
  catch (e) { errors.push("schema: " + e.message); }
  console.log(JSON.stringify(errors.map(one => String(one).slice(0, 300))));
})();
"""


def validate(manifest):
    """What Microsoft's validator has against a manifest."""
    done = subprocess.run(
        ["node", "-e", CHECK],
        input=json.dumps(manifest),
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)


def ours(version=package.SCHEMA):
    manifest = json.loads(files_of(packed())["manifest.json"])
    address = manifest["$schema"].replace(f"v{package.SCHEMA}", f"v{version}")
    return manifest | {"manifestVersion": version, "$schema": address}


@pytest.mark.parametrize("version", [package.SCHEMA, "1.28", "1.25"])
def test_the_validator_of_microsoft_accepts_the_manifest(version):
    """The older numbers, for a tenant that does not know the newest yet."""
    assert validate(ours(version)) == []


def test_there_is_no_newer_schema():
    schemas = MODULES / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
    numbers = [tuple(map(int, path.name[1:].split("."))) for path in schemas.glob("v[0-9]*")]

    assert max(numbers) == tuple(map(int, package.SCHEMA.split(".")))


BROKEN = {
    "no developer": lambda m: m.pop("developer"),
    "scope": lambda m: m["bots"][0].update(scopes=["personal", "groupchat", "channel"]),
    "bot id": lambda m: m["bots"][0].update(botId="ladderbot"),
    "long name": lambda m: m["name"].update(short="x" * 31),
    "long description": lambda m: m["description"].update(short="x" * 81),
    "unknown key": lambda m: m.update(botz=[]),
    "thirteen commands": lambda m: commands(m).extend(
        {"title": f"c{n}", "description": "d"} for n in range(13)
    ),
    "manifest version": lambda m: m.update(manifestVersion="9.99"),
    "placeholder for an id": lambda m: m.update(id="${{TEAMS_APP_ID}}"),
    "no icons": lambda m: m.pop("icons"),
    "accent is no colour": lambda m: m.update(accentColor="green"),
    "channel features": lambda m: m.update(supportsChannelFeatures="tier9"),
    "permission": lambda m: m.update(permissions=["everything"]),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_manifest_is_refused(change):
    manifest = ours()
    change(manifest)

    assert validate(manifest) != []


def test_the_language_file_fits_its_schema():
    folder = MODULES / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
    file = folder / f"v{package.SCHEMA}" / "MicrosoftTeams.Localization.schema.json"
    schema = json.loads(file.read_text("utf-8-sig"))
    english = json.loads(files_of(packed())["en.json"])
    check = jsonschema.Draft4Validator(schema)

    assert [error.message for error in check.iter_errors(english)] == []
    assert list(check.iter_errors(english | {"name.shrt": "x"})) != []
