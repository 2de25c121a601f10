"""`doctor` recognises what is wrong and says what to do about it."""

import dataclasses
import datetime as dt
import os
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web as aioweb
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.cli import doctor
from bot.cli.doctor import host, public
from bot.cli.doctor import microsoft as checks_of_microsoft
from bot.cli.doctor.rights import rights
from bot.clock import system_clock
from bot.settings import read
from tests.support import ROOT
from tests.support.process import run_app
from tests.support.teams import APP_ID, REGISTERED, TENANT


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def registered(tmp_path):
    return read(REGISTERED | {"DATABASE_PATH": str(tmp_path / "bot.sqlite3")}, {}, ROOT)


class Site:
    """A web server that answers as told, by (method, path)."""

    def __init__(self, answers, tls=None):
        self._answers, self._tls = answers, tls

    async def __aenter__(self):
        app = aioweb.Application()
        app.router.add_route("*", "/{rest:.*}", self._answer)
        self._runner = aioweb.AppRunner(app, access_log=None)
        await self._runner.setup()
        await aioweb.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls).start()
        scheme = "https" if self._tls else "http"
        return f"{scheme}://localhost:{self._runner.addresses[0][1]}"

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _answer(self, request):
        status, body = self._answers.get((request.method, request.path), (404, "nothing here"))
        return aioweb.Response(status=status, text=body)


async def all_of(findings):
    return [finding async for finding in findings]


def given(answer):
    return lambda: answer


async def test_a_healthy_bot_is_told_so(client, microsoft, session, settings, tmp_path):
    """The bot over loopback stands for the public address, too: there is no other here."""
    port = int(client.url.rpartition(":")[2])
    findings = await all_of(
        doctor.examine(
            dataclasses.replace(settings, app_id=APP_ID, tenant_id=TENANT, port=port),
            dotenv=tmp_path / ".env",
            session=session,
            clock=system_clock,
            acquire=given({"access_token": "x"}),
            metadata=microsoft.metadata,
            connector=microsoft.url + "/v3/",
        )
    )

    assert {f.subject: f.state for f in findings if f.state != "ok"} == {
        "public address": "warning"
    }
    assert {f.subject for f in findings} == {
        *("settings", "rights", "content", "database", "time zone", "token", "signing keys"),
        "clock",
        *("connector", "bot", "public address"),
    }


TOKENS = [
    ({"access_token": "x"}, "ok", "gave one"),
    ({"error": "invalid_client", "error_codes": [7000215]}, "broken", "secret's id was pasted"),
    ({"error": "invalid_client", "error_codes": [7000222]}, "broken", "expired"),
    ({"error": "unauthorized_client", "error_codes": [700016]}, "broken", "MicrosoftAppTenantId"),
    ({"error": "invalid_request", "error_codes": [90002]}, "broken", "MicrosoftAppTenantId"),
    ({"error": "invalid_request", "error_codes": [900023]}, "broken", "MicrosoftAppTenantId"),
    ({"error": "invalid_client", "error_codes": [7000229]}, "broken", "az ad sp create"),
    ({"error": "access_denied", "error_codes": [53003]}, "broken", "conditional access"),
    ({"error": "x", "error_codes": [12345]}, "broken", "AADSTS12345"),
    ({"error": "server_error"}, "broken", "server_error"),
]


@pytest.mark.parametrize(("answer", "state", "says"), TOKENS)
async def test_what_entra_answers_is_explained(answer, state, says):
    finding = await checks_of_microsoft.token(given(answer))

    assert finding.state == state
    assert says in f"{finding.detail} {finding.remedy}"


async def test_entra_out_of_reach_is_told_without_the_secret(registered):
    """msal itself, against a port where nobody listens."""
    from bot.teams.tokens import acquire

    finding = await checks_of_microsoft.token(acquire(registered, authority="https://localhost:9"))

    assert finding.state == "broken"
    assert "not reached" in finding.detail
    assert "s3cret" not in str(finding)


@pytest.mark.parametrize(
    ("off", "state"), [(0, "ok"), (-29, "ok"), (45, "warning"), (-45, "warning"), (400, "broken")]
)
def test_a_clock_that_is_off_is_seen(off, state):
    now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

    assert checks_of_microsoft.clock_skew(now, now + timedelta(seconds=off)).state == state


@pytest.mark.parametrize("fault", [500, 404, "<html>proxy</html>", '{"issuer": "x"}', "[]"])
async def test_keys_that_cannot_be_fetched_are_told(microsoft, session, fault):
    microsoft.metadata_fault = fault

    findings = await all_of(checks_of_microsoft.keys(session, microsoft.metadata, system_clock))

    assert [f.state for f in findings] == ["broken"]
    assert "HTTPS_PROXY" in findings[0].remedy


async def test_a_connector_out_of_reach_is_told(session):
    finding = await checks_of_microsoft.reachable(session, "http://127.0.0.1:9/")

    assert (finding.state, "cannot answer" in finding.detail) == ("broken", True)


FINE = {("GET", "/healthz"): (200, '{"status": "ok"}'), ("POST", "/api/messages"): (401, "{}")}
PUBLIC = [
    (FINE, {"public address": "ok", "endpoint": "ok"}, "refuses strangers"),
    ({}, {"public address": "broken"}, "unchanged and without a login"),
    ({("GET", "/healthz"): (302, "")}, {"public address": "broken"}, "answers 302"),
    ({("GET", "/healthz"): (200, "<html>")}, {"public address": "broken"}, "not as this bot"),
    (FINE | {("POST", "/api/messages"): (404, "")}, {"endpoint": "broken"}, "404, not 401"),
    (FINE | {("POST", "/api/messages"): (403, "")}, {"endpoint": "broken"}, "leave /api/messages"),
    (FINE | {("POST", "/api/messages"): (502, "")}, {"endpoint": "broken"}, "502"),
    (FINE | {("POST", "/api/messages"): (202, "")}, {"endpoint": "broken"}, "202, not 401"),
]


@pytest.mark.parametrize(("answers", "states", "says"), PUBLIC)
async def test_what_stands_before_the_bot_is_seen(session, registered, answers, states, says):
    async with Site(answers) as url:
        settings = dataclasses.replace(registered, public_url=url)

        findings = await all_of(public.address(session, settings, system_clock))

    assert {f.subject: f.state for f in findings} | states == {f.subject: f.state for f in findings}
    assert says in " ".join(map(str, findings))


async def test_an_open_door_at_a_public_address_is_told(session, settings):
    answers = FINE | {("POST", "/api/messages"): (202, "")}
    async with Site(answers) as url:
        finding = await public.endpoint(session, url, settings)

    assert "without authentication" in finding.detail


async def test_a_public_address_that_is_not_there_is_told(session, registered):
    for url, says in (
        ("http://127.0.0.1:9", "was not reached"),
        ("http://ladderbot.invalid", "has no address"),
    ):
        settings = dataclasses.replace(registered, public_url=url)
        (finding,) = await all_of(public.address(session, settings, system_clock))
        assert (finding.state, says in finding.detail) == ("broken", True), finding


@pytest.fixture
def certificate(tmp_path):
    """A self-signed certificate for localhost, good for ten days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=10, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "tls.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return file, context


async def test_a_certificate_that_nobody_trusts_is_told(session, registered, certificate):
    async with Site(FINE, certificate[1]) as url:
        settings = dataclasses.replace(registered, public_url=url)

        (finding,) = await all_of(public.address(session, settings, system_clock))

    assert finding.state == "broken"
    assert "self-signed" in finding.detail + finding.remedy


async def test_a_certificate_that_ends_soon_is_told(certificate):
    trusting = ssl.create_default_context(cafile=certificate[0])
    async with Site(FINE, certificate[1]) as url:
        until = await public.certificate_end(url, trusting)
        unseen = await public.certificate_end(url, ssl.create_default_context())

    finding = public.certificate_life(until, system_clock())
    assert (finding.state, finding.detail) == ("warning", "ends in 10 days")
    assert public.certificate_life(until, until - timedelta(days=60)).state == "ok"
    assert unseen is None


async def test_a_bot_that_does_not_run_and_a_stranger_on_its_port_are_told(settings):
    gone = await host.running(dataclasses.replace(settings, port=9))
    async with Site({("GET", "/readyz"): (200, "<html>")}) as url:
        port = int(url.rpartition(":")[2])
        stranger = await host.running(dataclasses.replace(settings, port=port))

    assert "not running" in gone.detail
    assert "is not this bot" in stranger.detail


async def test_a_bot_that_is_not_ready_says_what_of_it(settings):
    body = '{"status": "failing", "parts": {"content": "no usable content", "store": "ok"}, "failing": ["content"]}'
    async with Site({("GET", "/readyz"): (503, body)}) as url:
        port = int(url.rpartition(":")[2])
        finding = await host.running(dataclasses.replace(settings, port=port))

    assert (finding.state, finding.detail) == ("warning", "content: no usable content")


def test_broken_content_is_told(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "a.toml").write_text("[[entry]\n", "utf-8")

    assert host.content(tmp_path).state == "broken"
    assert host.content(tmp_path / "nowhere").state == "broken"


def test_a_database_is_looked_at_and_left_as_it_is(tmp_path):
    file = tmp_path / "x" / "bot.sqlite3"
    assert host.database(file).state == "ok"
    assert not file.parent.exists()

    file.parent.mkdir()
    file.write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    assert "damaged" in host.database(file).detail
    file.write_bytes(b"this is a text")
    assert "not a SQLite database" in host.database(file).detail
    assert file.read_bytes() == b"this is a text"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)

    assert "cannot be written" in host.database(tmp_path / "bot.sqlite3").detail


def test_settings_that_cannot_be_used_are_findings_too():
    done = run_app("doctor", MicrosoftAppId=APP_ID, MicrosoftAppTenantId=TENANT, PORT="x")

    assert (done.returncode, done.stdout.count("BROKEN  settings: ")) == (1, 2)


def test_in_local_mode_it_says_that_teams_cannot_reach_the_bot(tmp_path):
    done = run_app("doctor", PORT="9", DATABASE_PATH=str(tmp_path / "bot.sqlite3"))

    assert done.returncode == 1
    assert "local mode" in done.stdout
    assert "BROKEN  bot: not running" in done.stdout
    assert list(Path(tmp_path).iterdir()) == []


RIGHTS = [
    (".env", 0o602, "broken", "who may talk"),
    (".env", 0o620, "broken", "who may talk"),
    (".env", 0o604, "warning", "secret"),
    (".env", 0o640, "ok", ""),
    ("data", 0o777, "broken", "another database"),
    ("data/bot.sqlite3", 0o644, "warning", "who is subscribed"),
    ("data/bot.sqlite3-wal", 0o644, "warning", "who is subscribed"),
    ("content/faq/a.toml", 0o666, "warning", "what members are told"),
    ("content/faq", 0o777, "warning", "what members are told"),
]


@pytest.mark.parametrize("case", RIGHTS)
def test_who_else_may_change_or_read_something_is_told(tmp_path, settings, case):
    name, mode, state, says = case
    data, content = tmp_path / "data", tmp_path / "content"
    (content / "faq").mkdir(parents=True)
    data.mkdir(exist_ok=True)
    files = [tmp_path / ".env", data / "bot.sqlite3", data / "bot.sqlite3-wal"]
    for file in (*files, content / "faq" / "a.toml"):
        file.touch()
        file.chmod(0o600)
    for folder in (data, content, content / "faq"):
        folder.chmod(0o755)
    settings = dataclasses.replace(
        settings, database_path=data / "bot.sqlite3", content_dir=content
    )
    (tmp_path / name).chmod(mode)

    finding = rights(settings, tmp_path / ".env")

    assert (finding.state, says in finding.detail) == (state, True)
