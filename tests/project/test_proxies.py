"""The shipped proxies before a registered bot: nginx and Caddy themselves, with a certificate, on loopback.

What others need passes, unchanged; nothing else does, however its path is written.
"""

import asyncio
import http.client
import json
import os
import re
import shutil
import subprocess

import pytest
import pytest_asyncio

from bot.content.live import FEED
from tests.support import ROOT
from tests.support.bot import registered_bot, settings_without_content
from tests.support.certificates import trusting
from tests.support.clock import Clock
from tests.support.content import write_content
from tests.support.process import free_port, started, wait_for_port
from tests.support.proxies import caddyfile
from tests.support.teams import REGISTERED, SERVICE, FakeMicrosoft, activity

pytestmark = pytest.mark.asyncio(loop_scope="module")


def nginx(folder, port, certificate, bot):
    """The command that runs it, with the shipped snippet."""
    snippet = (ROOT / "deploy" / "nginx.example.conf").read_text("utf-8")
    snippet = snippet.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    snippet = re.sub(r"/etc/ssl/ladderbot/\w+\.pem", str(certificate), snippet)
    snippet = snippet.replace("http://127.0.0.1:3978", bot)
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in kept)
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(
        f"{user} daemon off; pid {folder}/pid; events {{}}"
        f" http {{ access_log off; {paths}\n{snippet}\n}}",
        "utf-8",
    )
    return ["nginx", "-p", folder, "-e", "stderr", "-c", file]


def caddy(folder, port, certificate, bot):
    """The command that runs it, with the Caddyfile of cloud-init.yaml."""
    text = caddyfile().replace("127.0.0.1:3978", bot.removeprefix("http://"))
    text = text.replace(
        "{{host}} {", f"https://localhost:{port} {{\n  tls {certificate} {certificate}", 1
    )
    # What is of this machine: no administration port, no port 80.
    own = "{\n  admin off\n  auto_https disable_redirects\n}\n"
    file = folder / "Caddyfile"
    file.write_text(own + text, "utf-8")
    return ["caddy", "run", "--config", file, "--adapter", "caddyfile"]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[nginx, caddy])
async def proxy(request, tmp_path_factory, certificate):
    """(a request through the proxy, the bot behind it)."""
    name = request.param.__name__
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed (Debian: {name})")
    folder, port = tmp_path_factory.mktemp(name), free_port()
    with FakeMicrosoft(certificate) as fake:
        content = str(write_content(folder / "content"))
        settings = settings_without_content(folder, **REGISTERED, CONTENT_DIR=content)
        async with registered_bot(settings, Clock(), fake) as bot:
            command = request.param(folder, port, certificate, bot.url)
            here = {"PATH": os.environ["PATH"], "HOME": str(folder)}
            with (
                (folder / "log").open("w") as log,
                started(*command, log=log, env=here) as process,
            ):
                wait_for_port(port, process, 20)
                yield through(port, certificate), bot


def through(port, certificate):
    def ask(method, path, body=None, headers=()):
        headers = (
            {"Content-Type": "application/json"} | dict(headers)
            if method == "POST"
            else dict(headers)
        )
        connection = http.client.HTTPSConnection(
            "localhost", port, context=trusting(certificate), timeout=20
        )
        try:
            # As it is written: no client of this kind mends a path.
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read(), response.headers
        finally:
            connection.close()

    async def sent(*arguments, **more):
        return await asyncio.to_thread(ask, *arguments, **more)

    return sent


async def test_a_message_with_a_token_is_answered_through_it(proxy):
    sent, bot = proxy
    body = activity(SERVICE, "help", deliveryMode="expectReplies")
    headers = {"Authorization": f"Bearer {bot.microsoft.token(serviceurl=SERVICE)}"}

    status, answer, _ = await sent("POST", "/api/messages", json.dumps(body), headers)

    assert status == 200
    assert json.loads(answer)["activities"][0]["attachments"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("GET", "/healthz?monitor=1", 200),
        ("GET", FEED, 200),
        ("HEAD", FEED, 200),
        ("POST", "/api/messages", 401),
        ("GET", "/api/messages", 405),
    ],
)
async def test_what_others_need_passes(proxy, method, path, status):
    sent, _ = proxy

    assert (await sent(method, path))[0] == status


async def test_a_feed_that_did_not_change_is_not_sent_again(proxy):
    sent, _ = proxy
    _, _, headers = await sent("GET", FEED)

    assert (await sent("GET", FEED, headers={"If-None-Match": headers["ETag"]}))[:2] == (304, b"")


HIDDEN = [
    *("/", "/readyz", "/metrics", "/api", "/api/messages/", "/healthz/", "/healthz/../metrics"),
    *("/api/messages/../../metrics", "/api/messages/%2e%2e/%2e%2e/metrics", "//metrics"),
    *("/%2fmetrics", "/healthz%2f..%2fmetrics", "/./metrics", "/metrics%00/healthz"),
    *("/metrics?/healthz", "/metrics;/healthz", "/METRICS", "/healthz/..%2freadyz"),
]


@pytest.mark.parametrize("path", HIDDEN)
async def test_nothing_else_passes_however_it_is_written(proxy, path):
    sent, _ = proxy
    status, body, _ = await sent("GET", path)

    assert status in {400, 404}
    assert b"ladderbot_" not in body
    assert b"parts" not in body


# Caddy 2.6 says 502 where its own limit is passed before the bot has answered.
@pytest.mark.parametrize(("size", "statuses"), [(200_000, {401}), (400_000, {401, 413, 502})])
async def test_a_body_larger_than_the_bot_takes_is_refused(proxy, size, statuses):
    sent, _ = proxy
    try:
        status, _, _ = await sent("POST", "/api/messages", b"x" * size)
    except (BrokenPipeError, ConnectionResetError):
        # It was refused before all of it was sent.
        status = 413

    assert status in statuses


async def test_a_token_of_six_kilobytes_reaches_the_bot(proxy):
    sent, _ = proxy
    headers = {"Authorization": "Bearer " + "x" * 6000}

    assert (await sent("POST", "/api/messages", b"{}", headers))[0] == 401


@pytest.mark.parametrize("make", [nginx, caddy])
async def test_the_tool_itself_finds_nothing_wrong(make, tmp_path, certificate):
    tool = make.__name__
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed (Debian: {tool})")
    command = make(tmp_path, free_port(), certificate, "http://127.0.0.1:3978")
    check = [*command, "-t"] if tool == "nginx" else ["caddy", "validate", *command[2:]]

    checking = await asyncio.create_subprocess_exec(
        *map(str, check), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    told = (await checking.communicate())[0].decode()

    assert checking.returncode == 0, told
    # Caddy warns of how the file is set, and of what only a test does with it.
    assert not re.search(r"\[(warn|emerg)\]|\"level\":\"error\"", told)
