"""Every row of the status table: what is answered to good, odd and hostile requests, over real HTTP.

No request can make the bot answer 500. A row says what was sent, and the statuses that are right.
"""

import asyncio
import io
import json
import logging
import time

import jwt
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from jwt.utils import base64url_encode

from bot.cli.host import Externals
from tests.support.bot import QUICK_RETRIES, bot_over_http, registered_bot, settings_without_content
from tests.support.clock import Clock
from tests.support.teams import REGISTERED, SERVICE, FakeMicrosoft, activity

pytestmark = pytest.mark.asyncio(loop_scope="module")
MISSING = object()
JSON = {"Content-Type": "application/json"}
WORD = "geheimwoord"
"""In every message; never in a log line, and never in the answer to a refused request."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def local(tmp_path_factory):
    """The bot without authentication, as on a developer's machine."""
    folder = tmp_path_factory.mktemp("local")
    with FakeMicrosoft() as fake:
        async with bot_over_http(
            settings_without_content(folder),
            Clock(),
            fake,
            externals=Externals(times=QUICK_RETRIES),
        ) as client:
            yield client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def production(tmp_path_factory, certificate):
    """The bot with authentication, under Microsoft's names."""
    folder = tmp_path_factory.mktemp("production")
    with FakeMicrosoft(certificate) as fake:
        async with registered_bot(
            settings_without_content(folder, **REGISTERED), Clock(), fake
        ) as client:
            yield client


async def send(client, body, headers=JSON, method="POST", path="/api/messages"):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with client.session.request(
        method,
        client.url + path,
        data=io.BytesIO(data),
        headers=headers,
        skip_auto_headers={"Content-Type"},
    ) as response:
        return response.status, await response.text()


def an_activity(client, changes):
    body = {**activity(client.service, f"help {WORD}"), **changes}
    return {key: value for key, value in body.items() if value is not MISSING}


def safe(answer, caplog):
    """No traceback, and not a word of the member, in the answer or the log."""
    for text in (answer, caplog.text):
        assert "Traceback" not in text
        assert WORD not in text
        assert ".py" not in text or text is caplog.text


# Anonymous: what is asked of a body.

BODIES = [
    ("malformed JSON", b"{not json geheimwoord", 400),
    ("truncated JSON", b'{"type":"mess', 400),
    ("empty body", b"", 400),
    ("null", b"null", 400),
    ("empty list", b"[]", 400),
    ("list of an activity", b'[{"type":"message"}]', 400),
    ("string", b'"x"', 400),
    ("number", b"5", 400),
    ("empty object", b"{}", 400),
    ("invalid UTF-8", b'{"type":"message","text":"\xff\xfe"}', 400),
    ("100,000 brackets", b"[" * 100_000, 400),
    ("900 nested objects", b'{"type":"message","value":' + b'{"a":' * 900 + b"1" + b"}" * 901, 400),
    ("a number of 6,000 digits", b'{"type":"message","x":' + b"9" * 6_000 + b"}", 400),
    ("300 KB", json.dumps({"type": "message", "text": "x" * 300_000}).encode(), 413),
    ("1.1 MB", json.dumps({"type": "message", "text": "x" * 1_100_000}).encode(), 413),
    ("20 MB", b" " * 20_000_000, 413),
]


@pytest.mark.parametrize(("body", "status"), [pytest.param(b, s, id=n) for n, b, s in BODIES])
async def test_a_body_that_is_no_activity(local, caplog, body, status):
    answered, text = await send(local, body)

    assert answered == status
    safe(text, caplog)


FIELDS = [
    ({}, 202),
    ({"type": None}, 400),
    ({"type": ""}, 400),
    ({"type": 5}, 400),
    ({"type": ["message"]}, 400),
    ({"type": "foo"}, 202),
    ({"type": "Message"}, 202),
    ({"conversation": MISSING}, 400),
    ({"conversation": None}, 400),
    ({"conversation": "str"}, 400),
    ({"conversation": {}}, 400),
    ({"conversation": []}, 400),
    ({"conversation": {"id": ""}}, 400),
    ({"conversation": {"id": 5}}, 400),
    ({"conversation": {"id": "a", "conversationType": 5}}, 400),
    ({"conversation": {"id": "a", "isGroup": "x"}}, 400),
    ({"conversation": {"id": "a:\ud800"}}, 202),
    ({"conversation": {"id": "a:/../?#%2f"}}, 202),
    ({"from": MISSING}, 202),
    ({"from": "str"}, 400),
    ({"from": []}, 400),
    ({"from": {"id": 5}}, 400),
    ({"from": {"id": "29:x", "aadObjectId": ["x"]}}, 400),
    ({"recipient": MISSING}, 202),
    ({"recipient": None}, 202),
    ({"recipient": {"id": {"a": 1}}}, 400),
    ({"serviceUrl": MISSING}, 400),
    ({"serviceUrl": ""}, 400),
    ({"serviceUrl": 5}, 400),
    ({"serviceUrl": "not a url"}, 400),
    ({"serviceUrl": "ftp://127.0.0.1/x"}, 400),
    ({"serviceUrl": "http://127.0.0.1:1"}, 202),
    ({"serviceUrl": "https://smba.trafficmanager.net/emea/"}, 403),
    ({"serviceUrl": "http://169.254.169.254/metadata"}, 403),
    ({"serviceUrl": "http://127.0.0.1:99999/"}, 400),
    ({"channelId": MISSING}, 400),
    ({"channelId": 5}, 400),
    ({"channelId": "wrong"}, 202),
    ({"id": MISSING}, 202),
    ({"id": 5}, 400),
    ({"text": MISSING}, 202),
    ({"text": None}, 202),
    ({"text": 5}, 400),
    ({"text": {"a": 1}}, 400),
    ({"text": "\ud83d half"}, 202),
    ({"text": "\x00"}, 202),
    ({"channelData": MISSING}, 202),
    ({"channelData": None}, 202),
    ({"channelData": "x"}, 400),
    ({"channelData": []}, 400),
    ({"channelData": {"tenant": "x", "team": 5}}, 202),
    ({"locale": MISSING}, 202),
    ({"locale": 5}, 202),
    ({"value": "x"}, 202),
    ({"value": [1]}, 202),
    ({"value": {"data": {"data": {"says": 5}}}}, 202),
    ({"value": {"says": "help"}}, 202),
    ({"entities": "x"}, 400),
    ({"entities": [1]}, 400),
    ({"entities": [None]}, 400),
    ({"entities": {"a": 1}}, 400),
    ({"entities": [{"type": "mention"}]}, 202),
    ({"entities": [{"type": 5, "mentioned": [], "text": {}}]}, 202),
    ({"attachments": "x"}, 202),
    ({"attachments": [None]}, 202),
    ({"timestamp": "yesterday geheimwoord"}, 202),
    ({"localTimestamp": {"at": []}, "localTimezone": ["x"], "callerId": 5}, 202),
    ({"timestamp": 5}, 202),
    ({"timestamp": "2026-11-24T10:00:00.1234567Z"}, 202),
    ({"localTimestamp": "2026-11-24T11:00:00.123+01:00"}, 202),
    ({"localTimestamp": "x"}, 202),
    ({"deliveryMode": "nonsense"}, 202),
    ({"deliveryMode": 5}, 400),
    ({"deliveryMode": "expectReplies"}, 200),
    ({"replyToId": 5}, 202),
    ({"type": "conversationUpdate", "membersAdded": "x"}, 400),
    ({"type": "conversationUpdate", "membersAdded": [None]}, 400),
    ({"type": "conversationUpdate", "membersRemoved": [{"id": 5}]}, 400),
    ({"type": "conversationUpdate", "membersAdded": [{"id": "29:u"}]}, 202),
    ({"type": "conversationUpdate", "membersAdded": [{"id": "28:bot"}]}, 202),
    ({"type": "conversationUpdate", "channelData": MISSING}, 202),
    ({"type": "conversationUpdate", "channelData": None}, 202),
    ({"type": "installationUpdate", "action": "add"}, 202),
    ({"type": "installationUpdate"}, 202),
    ({"type": "installationUpdate", "action": 5}, 400),
    ({"type": "messageReaction", "reactionsAdded": [{"type": "like"}]}, 202),
    ({"type": "typing"}, 202),
    ({"type": "event", "name": "application/vnd.microsoft.readReceipt"}, 202),
    ({"type": "messageUpdate"}, 202),
    ({"type": "messageDelete"}, 202),
    ({"type": "endOfConversation"}, 202),
    ({"type": "invoke", "name": "foo/bar", "value": {}}, 501),
    ({"type": "invoke", "value": {"x": 1}}, 501),
    ({"type": "invoke", "name": 5}, 400),
    ({"type": "invoke", "name": "task/fetch", "value": {}}, 501),
    ({"type": "invoke", "name": "adaptiveCard/action"}, 400),
    ({"type": "invoke", "name": "adaptiveCard/action", "value": None}, 400),
    ({"type": "invoke", "name": "adaptiveCard/action", "value": [1]}, 400),
    ({"type": "invoke", "name": "adaptiveCard/action", "value": {"action": "x"}}, 400),
    (
        {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {"action": {"type": "Action.Submit"}},
        },
        200,
    ),
    (
        {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {
                "action": {"type": "Action.Execute", "data": {"says": "help"}},
                "trigger": "manual",
                "new": 1,
            },
        },
        200,
    ),
    ({"type": "invoke", "name": "composeExtension/query", "value": None}, 200),
    ({"type": "invoke", "name": "composeExtension/query", "value": "x"}, 200),
    (
        {
            "type": "invoke",
            "name": "composeExtension/query",
            "value": {"parameters": [{"name": "query", "value": 5}, None]},
        },
        200,
    ),
]


def name_of(changes):
    shown = {k: "missing" if v is MISSING else v for k, v in changes.items()}
    return json.dumps(shown)[:100] if shown else "a message"


@pytest.mark.parametrize(
    ("changes", "status"), [pytest.param(c, s, id=name_of(c)) for c, s in FIELDS]
)
async def test_a_field_that_is_odd(local, caplog, changes, status):
    answered, text = await send(local, an_activity(local, changes))

    assert answered == status
    safe(text if answered >= 300 else "", caplog)


STRAY = [
    "Bearer garbage",
    "Bearer a.b.c",
    "Basic eHl6",
    "Bearer",
    "",
    "Bearer  x",
    "Bearer " + jwt.encode({"aud": "x"}, "k" * 32, "HS256"),
]


@pytest.mark.parametrize("header", STRAY)
async def test_a_stray_token_is_not_looked_at_in_local_mode(local, header):
    assert (await send(local, an_activity(local, {}), {**JSON, "Authorization": header}))[0] == 202


CONTENT_TYPES = [
    (None, 415),
    ("text/plain", 415),
    ("application/x-www-form-urlencoded", 415),
    ("application/json; charset=utf-8", 202),
    ("Application/JSON", 202),
    ("application/json; charset=utf-16", 202),
    ("application/json; charset=nonsense", 202),
]


@pytest.mark.parametrize(("kind", "status"), CONTENT_TYPES)
async def test_content_types(local, kind, status):
    headers = {"Content-Type": kind} if kind else {}

    assert (await send(local, an_activity(local, {}), headers))[0] == status


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH"])
async def test_other_methods(local, method):
    assert (await send(local, b"", {}, method))[0] == 405


async def test_another_path(local):
    assert (await send(local, an_activity(local, {}), path="/nope"))[0] == 404


RAW = [
    ("broken chunks", b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n", {400}),
    ("broken gzip", b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", {415}),
    ("two lengths", b"Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}", {400}),
    ("a length that is no number", b"Content-Length: x\r\n\r\n{}", {400}),
    (
        "a header of 100 KB",
        b"X-Much: " + b"x" * 100_000 + b"\r\nContent-Length: 2\r\n\r\n{}",
        {431},
    ),
]


@pytest.mark.parametrize(("rest", "status"), [pytest.param(r, s, id=n) for n, r, s in RAW])
async def test_a_request_that_is_hardly_http(local, caplog, rest, status):
    head = b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    answered, text = await by_hand(local, head + rest)

    assert answered in status
    assert "Traceback" not in text


async def by_hand(client, data):
    host, port = client.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(data)
    await writer.drain()
    answer = await asyncio.wait_for(reader.read(2_000), 5)
    writer.close()
    return int(answer.split(b" ")[1]), answer.decode()


async def test_a_body_that_is_broken_off_breaks_nothing(local):
    host, port = local.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b'Content-Length: 500\r\n\r\n{"type":'
    )
    await writer.drain()
    writer.transport.abort()

    assert (await send(local, an_activity(local, {})))[0] == 202


# Anonymous: what the connector may do while we reply.


@pytest.mark.parametrize("status", [400, 401, 403, 404, 412, 413, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("page", [False, True], ids=["error", "HTML"])
async def test_whatever_the_connector_says_to_the_reply(local, caplog, status, page):
    caplog.set_level(logging.INFO)
    faults = FakeMicrosoft.answers(status, "<html>no</html>" if page else None)
    with local.microsoft.faults(faults):
        answered, text = await send(local, an_activity(local, {}))

    assert (answered, text) == (202, "")
    assert "reply" in caplog.text
    safe(text, caplog)


@pytest.mark.parametrize("status", [200, 301, 307])
async def test_a_page_or_a_redirect_of_the_connector(local, status):
    with local.microsoft.faults(FakeMicrosoft.answers(status, "<html>proxy</html>")):
        assert (await send(local, an_activity(local, {})))[0] == 202


async def test_the_connector_drops_the_connection(local):
    with local.microsoft.faults(lambda *_: "drop"):
        assert (await send(local, an_activity(local, {})))[0] == 202


# With authentication.


def token(client, **claims):
    return client.microsoft.token(**{"serviceurl": SERVICE, **claims})


def now():
    return int(time.time())


async def authenticated(client, changes=None, header=None, **claims):
    header = f"Bearer {token(client, **claims)}" if header is None else header
    body = an_activity(client, {"deliveryMode": "expectReplies", **(changes or {})})
    return await send(client, body, {**JSON, "Authorization": header})


async def test_a_valid_token_is_let_in_and_answered(production):
    status, text = await authenticated(production)

    assert status == 200
    assert len(json.loads(text)["activities"]) == 1


async def test_a_reply_carries_our_own_token_over_tls(production):
    before = len(production.microsoft.sent)

    assert (await authenticated(production, {"deliveryMode": MISSING}))[0] == 202
    ((_, path, _, headers),) = production.microsoft.sent[before:]
    assert path.startswith("/emea/v3/conversations/")
    assert headers["Authorization"].startswith("Bearer token-")


HEADERS = ["", "Basic eHl6", "Bearer", "Bearer garbage", "Bearer a.b.c", "Bearer a b", "Bearer ..."]


@pytest.mark.parametrize("header", HEADERS)
async def test_headers_without_a_token_of_the_channel(production, caplog, header):
    status, text = await authenticated(production, header=header)

    assert status == 401
    safe(text, caplog)


async def test_without_a_header(production):
    assert (await send(production, an_activity(production, {})))[0] == 401


async def test_a_lower_case_bearer(production):
    assert (await authenticated(production, header="bearer " + token(production)))[0] == 401


CLAIMS = [
    ("expired 1 h", lambda: {"exp": now() - 3600, "nbf": now() - 7200}, 401),
    ("expired 2 min, within the leeway", lambda: {"exp": now() - 120}, 200),
    ("no exp", lambda: {"exp": None}, 401),
    ("exp of words", lambda: {"exp": "tomorrow"}, 401),
    ("exp without end", lambda: {"exp": 1e400}, 401),
    ("not yet valid", lambda: {"nbf": now() + 3600}, 401),
    ("issued in the future", lambda: {"iat": now() + 3600}, 401),
    ("another audience", lambda: {"aud": "other"}, 401),
    ("no audience", lambda: {"aud": None}, 401),
    ("a list of audiences", lambda: {"aud": ["11111111-2222-3333-4444-555555555555"]}, 401),
    ("another issuer", lambda: {"iss": "https://evil.example"}, 401),
    ("no issuer", lambda: {"iss": None}, 401),
    (
        "the emulator's issuer",
        lambda: {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"},
        401,
    ),
    (
        "a skill's token",
        lambda: {
            "iss": "https://login.microsoftonline.com/x/v2.0",
            "ver": "2.0",
            "azp": "other",
        },
        401,
    ),
    ("another service URL", lambda: {"serviceurl": "https://evil.example/"}, 401),
    ("no service URL", lambda: {"serviceurl": None}, 401),
]


@pytest.mark.parametrize(("claims", "status"), [pytest.param(c, s, id=n) for n, c, s in CLAIMS])
async def test_the_claims_of_a_token(production, caplog, claims, status):
    answered, text = await authenticated(production, **claims())

    assert answered == status
    if answered != 200:
        safe(text, caplog)
        (record,) = [r for r in caplog.records if r.getMessage() == "refused"]
        assert record.fields["status"] == status
        assert record.fields["reason"]


async def test_a_stray_key_with_the_id_of_the_real_one(production):
    stray = rsa.generate_private_key(65537, 2048)

    assert (await authenticated(production, key=stray))[0] == 401


@pytest.mark.parametrize("kid", ["nobody", None, "", 5, ["k1"], "x" * 4_000])
async def test_an_id_of_no_key(production, kid):
    head = {"alg": "RS256", "typ": "JWT"} | ({} if kid is None else {"kid": kid})
    signed = b".".join(
        base64url_encode(json.dumps(part).encode()) for part in (head, claims_of(production))
    )
    key = production.microsoft.keys["k1"]
    signature = base64url_encode(key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))

    status, _ = await authenticated(
        production, header=f"Bearer {(signed + b'.' + signature).decode()}"
    )

    assert status == 401


async def test_no_signature_at_all(production):
    unsigned = jwt.encode(claims_of(production), None, "none", headers={"kid": "k1"})

    assert (await authenticated(production, header=f"Bearer {unsigned}"))[0] == 401


async def test_the_public_key_used_as_a_secret(production):
    public = (
        production.microsoft.keys["k1"]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    head = base64url_encode(json.dumps({"alg": "HS256", "kid": "k1"}).encode())
    signed = head + b"." + base64url_encode(json.dumps(claims_of(production)).encode())
    signer = hmac.HMAC(public, hashes.SHA256())
    signer.update(signed)
    forged = signed + b"." + base64url_encode(signer.finalize())

    assert (await authenticated(production, header=f"Bearer {forged.decode()}"))[0] == 401


def claims_of(client):
    return {
        "iss": "https://api.botframework.com",
        "aud": "11111111-2222-3333-4444-555555555555",
        "serviceurl": SERVICE,
        "exp": now() + 600,
    }


@pytest.mark.parametrize("size", [9_000, 100_000])
async def test_a_token_that_is_much_too_long(production, size):
    # The headers end at 32 KB; either way nobody looks inside.
    status, text = await by_hand(
        production,
        b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 2\r\nAuthorization: Bearer " + b"x" * size + b"\r\n\r\n{}",
    )

    assert status in (401, 431)
    assert "xxxx" not in text


BEHIND_A_TOKEN = [
    ("no serviceUrl", {"serviceUrl": MISSING}, 400),
    ("another channel", {"channelId": "slack"}, 401),
    ("no channel", {"channelId": MISSING}, 400),
    ("no tenant", {"channelData": {}}, 403),
    ("another tenant", {"channelData": {"tenant": {"id": "another"}}}, 403),
]


@pytest.mark.parametrize(
    ("changes", "status"), [pytest.param(c, s, id=n) for n, c, s in BEHIND_A_TOKEN]
)
async def test_an_activity_that_differs_from_its_token(production, changes, status):
    assert (await authenticated(production, changes))[0] == status


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"{}", 400), (b" " * 300_000, 413)])
async def test_a_bad_body_behind_a_valid_token(production, body, status):
    headers = {**JSON, "Authorization": f"Bearer {token(production)}"}

    assert (await send(production, body, headers))[0] == status


async def test_a_strangers_body_is_refused_before_it_is_read(production):
    # The body never comes: who wants to read it first would wait for ever.
    status, _ = await by_hand(
        production,
        b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 20000000\r\n\r\n",
    )

    assert status == 401


async def test_a_strangers_nonsense_is_no_reason_to_parse_it(production):
    assert (await send(production, b"{"))[0] == 401
