"""What an operator runs: image, compose file, systemd unit, Azure, alert rules. With an engine: bench/image.py."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pycep import BicepParser

from bot.cli.command import Exit
from bot.content.live import FEED
from bot.settings import SETTINGS
from bot.teams.endpoint import MessagesEndpoint
from tests.support import ROOT
from tests.support.package import PACKAGE_SETTINGS, faults
from tests.support.process import run_app
from tests.support.proxies import caddyfile

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
NAMES = {setting.name for setting in SETTINGS}
OURS = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PATH"}


def hadolint(text):
    tool = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [tool, "-"], input=text, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout.splitlines()


def test_the_linter_finds_nothing_in_the_dockerfile():
    assert hadolint(DOCKERFILE) == []
    assert hadolint("FROM python\nRUN cd /tmp\nUSER root\n") != []


def test_the_container_runs_without_root_and_gets_the_signal_itself():
    last = re.split(r"(?m)^FROM ", DOCKERFILE)[-1]

    assert re.search(r"(?m)^USER 10001$", last)
    assert re.search(r'(?m)^CMD \["python", "app.py", "serve"\]$', last)
    assert re.search(r"(?m)^VOLUME /data$", last)
    assert "HEALTHCHECK" in last
    assert "--require-hashes" in DOCKERFILE


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The files of COPY, in a folder of their own; runs a command of the bot there."""
    folder = tmp_path_factory.mktemp("image")
    copied = re.findall(r"(?m)^COPY (?!--from)(.+)$", DOCKERFILE)
    names = {name for line in copied for name in line.split()[:-1]}
    allowed = re.findall(r"(?m)^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"))
    assert names == set(allowed)
    for name in names:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)

    def run(*arguments, **environment):
        database = str(folder / "data" / "bot.sqlite3")
        return run_app(*arguments, folder=folder, **{"DATABASE_PATH": database, **environment})

    return run


def test_the_image_holds_all_that_the_bot_needs_and_nothing_else(image):
    done = image("ask", "--json", "help")

    assert done.stderr == ""
    assert json.loads(done.stdout)["command"] == "help"


def test_the_image_can_make_the_teams_app_package(image, tmp_path):
    """The icons are files, so they must be copied, too."""
    done = image("package", "--out", str(tmp_path), **PACKAGE_SETTINGS)

    assert (done.returncode, done.stderr) == (0, "")
    assert faults((tmp_path / "ladderbot.zip").read_bytes()) == []


def test_every_setting_of_the_image_exists():
    named = re.findall(r"(?m)^(?:ENV)?\s+([A-Z_]+)=\S+", DOCKERFILE)

    assert {"HOST", "PORT", "DATABASE_PATH"} <= set(named)
    assert {name for name in named if not name.startswith("PIP_")} <= NAMES | OURS


def test_the_compose_file_gives_the_container_nothing_that_it_does_not_need():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    (service,) = compose["services"].values()

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["volumes"] == ["data:/data", "./faq/content:/content:ro"]
    assert service["environment"]["CONTENT_DIR"] == "/content"
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
    assert set(service["environment"]) <= NAMES


PUBLIC = {MessagesEndpoint.path, "/healthz", FEED}
"""What others need; /readyz and /metrics are the operator's."""


def test_the_shipped_proxies_pass_what_others_need_and_no_more():
    caddy = caddyfile()
    nginx = (ROOT / "deploy" / "nginx.example.conf").read_text("utf-8")

    assert set(re.search(r"@bot path (.+)", caddy)[1].split()) == PUBLIC
    assert caddy.count("reverse_proxy") == 1
    assert re.search(r"handle \{\s+respond 404\s+\}", caddy)
    passed = re.findall(r"location = (\S+) \{\s+proxy_pass", nginx)
    assert set(passed) == PUBLIC
    assert nginx.count("proxy_pass http") == len(PUBLIC)
    assert re.search(r"location / \{\s+return 404;", nginx)


def test_the_two_pages_for_operators_say_the_same_of_the_proxy():
    for name in ("install.md", "operate.md"):
        text = (ROOT / "docs" / name).read_text("utf-8")
        assert all(f"`{path}`" in text for path in PUBLIC), name
    assert "**everything**" not in (ROOT / "docs" / "install.md").read_text("utf-8")


def test_no_flood_of_log_lines_fills_a_disk():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    (service,) = compose["services"].values()
    cloud = (ROOT / "deploy" / "cloud-init.yaml").read_text("utf-8")
    unit = (ROOT / "deploy" / "ladderbot.service").read_text("utf-8")

    assert set(service["logging"]["options"]) == {"max-size", "max-file"}
    assert "--log-opt max-size=" in cloud
    assert "--log-opt max-file=" in cloud
    assert "SystemMaxUse=" in cloud
    assert "LogRateLimitBurst=" in unit


PROGRAMS = {
    "ladderbot.service": "/opt/ladderbot/.venv/bin/python",
    "ladderbot-litestream.service": "/usr/local/bin/litestream",
}


@pytest.fixture(params=PROGRAMS)
def unit(tmp_path, request):
    """A unit with paths that exist here."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    text = (ROOT / "deploy" / request.param).read_text("utf-8")
    text = text.replace(PROGRAMS[request.param], sys.executable)
    text = text.replace("WorkingDirectory=/opt/ladderbot", f"WorkingDirectory={tmp_path}")
    file = tmp_path / request.param
    file.write_text(text.replace("EnvironmentFile=/", "EnvironmentFile=-/"), "utf-8")
    return file


def systemd(*arguments):
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_systemd_understands_the_unit(unit):
    done = systemd("verify", str(unit))

    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_finds_the_unit_hardened(unit):
    done = systemd("security", "--offline=true", "--threshold=20", str(unit))

    assert done.returncode == 0, done.stdout[-400:]


@pytest.mark.parametrize("file", ["ladderbot.service", "cloud-init.yaml"])
def test_what_is_refused_is_not_started_again(file):
    """The bot refuses with 2, and no other end has that status."""
    text = (ROOT / "deploy" / file).read_text("utf-8")

    assert f"RestartPreventExitStatus={Exit.REFUSED:d}\n" in text


@pytest.fixture(scope="module")
def bicep():
    return BicepParser().parse(text=(ROOT / "deploy" / "azure.bicep").read_text("utf-8"))


def test_the_azure_description_parses_and_registers_a_bot_without_a_secret(bicep):
    bot = bicep["resources"]["bot"]["config"]["properties"]

    assert bot["msaAppType"] == "UserAssignedMSI"
    assert "/api/messages" in str(bot["endpoint"])
    assert "teams" in bicep["resources"]
    assert set(bicep["outputs"]) == {"publicUrl", "appId", "tenantId"}


def test_the_first_start_in_azure_sets_only_settings_that_exist(bicep):
    text = (ROOT / "deploy" / "cloud-init.yaml").read_text("utf-8")
    files = {file["path"]: file for file in yaml.safe_load(text)["write_files"]}
    environment = files["/etc/ladderbot.env"]
    filled = set(re.findall(r"\{\{(\w+)\}\}", text))

    assert environment["permissions"] == "0600"
    assert set(re.findall(r"(?m)^(\w+)=", environment["content"])) <= NAMES
    assert filled == set(re.findall(r"\{\{(\w+)\}\}", str(bicep["variables"])))
    assert "--read-only" in files["/etc/systemd/system/ladderbot.service"]["content"]


async def test_the_alert_rules_ask_for_metrics_that_exist(client):
    await client.say("help")
    await client.post_raw("{")
    async with client.session.get(client.url + "/metrics") as response:
        shown = await response.text()
    known = set(re.findall(r"(?m)^(?:# TYPE )?(ladderbot_\w+)", shown)) | {"up"}
    rules = yaml.safe_load((ROOT / "deploy" / "alerts.example.yaml").read_text("utf-8"))
    for rule in rules["groups"][0]["rules"]:
        named = set(re.findall(r"\b(ladderbot_\w+|up)\b(?=[\[{ >=)])", rule["expr"]))
        assert named, rule["alert"]
        for name in named:
            assert name in known or name.removesuffix("_total") in known, name
        assert rule["annotations"]["mend"]
    assert len(rules["groups"][0]["rules"]) >= 5


def test_the_commands_under_systemd_see_the_bot_that_runs():
    unit = (ROOT / "deploy" / "ladderbot.service").read_text("utf-8")
    script = (ROOT / "deploy" / "ladderbotctl").read_text("utf-8")
    names = "WorkingDirectory|EnvironmentFile|Environment|DynamicUser|StateDirectory|StateDirectoryMode|UMask"
    of_unit = set(re.findall(rf"(?m)^({names})=(.+)$", unit))
    of_script = set(re.findall(rf"--property=({names})=(\S+)", script))

    assert of_unit == of_script
    # A user that exists only while it runs is the same one where it has the same name: the unit's.
    assert "--property=User=ladderbot " in script
    assert re.search(r"(?m)^ExecStart=(\S+) app.py serve$", unit)[1] in script


PASSED = {"/api/messages", "/healthz", FEED}


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("deploy/nginx.example.conf", r"location = (\S+)"),
        ("deploy/cloud-init.yaml", r"@bot path (.+)"),
        ("docs/install.md", r"reverse proxy pass (.+?), and \*\*nothing else"),
        ("docs/operate.md", r"let the proxy pass only (.+?) to the world"),
    ],
)
def test_every_page_and_proxy_passes_the_same_paths(file, pattern):
    shown = " ".join(re.findall(pattern, (ROOT / file).read_text("utf-8")))

    assert set(re.findall(r"/[a-z][a-z./]*[a-z]", shown)) == PASSED
