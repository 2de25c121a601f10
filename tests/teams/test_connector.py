"""Sending through the connector: in order, in time, with a token only to whom it may go."""

import asyncio
import socket

import pytest

from bot.channel import Address, Gone, InDoubt, Later, Refused, Sent
from bot.teams.channel import TeamsChannel, outgoing
from bot.teams.connector import (
    CONNECTIONS,
    Connector,
    pooled_session,
)
from bot.teams.service_url import target
from bot.teams.tokens import NoTokens, TokenUnavailableError
from dialogs.card import Card, Choice
from tests.support.teams import SERVICE, TENANT, FakeMicrosoft

CARD = Card(language="nl", title="Dag", text="Tekst", choices=(Choice("Stop", "stop"),))


class OneToken:
    async def token(self):
        return "secret-token"

    async def renewed(self, _):
        return False


class NoToken:
    def __init__(self, *, temporary):
        self.temporary = temporary

    async def token(self):
        raise TokenUnavailableError("no token: x", temporary=self.temporary)


def address(service_url, conversation="a:anna", **more):
    return Address(
        service_url=service_url,
        conversation_id=conversation,
        **{
            "bot_id": "28:bot",
            "bot_name": "Ladderbot",
            "user_id": "29:anna",
            "tenant_id": TENANT,
            **more,
        },
    )


@pytest.fixture
async def connector(clock):
    async with pooled_session() as session:
        yield Connector(session, NoTokens(), clock, local=True)


@pytest.fixture
async def local(connector):
    return TeamsChannel(connector)


@pytest.fixture
async def production(microsoft_tls, clock):
    async with microsoft_tls.session() as session:
        yield TeamsChannel(Connector(session, OneToken(), clock, local=False))


async def test_a_card_travels_as_one_activity_without_text(local, microsoft):
    sent = await local.send(address(microsoft.url), CARD)

    assert sent == Sent("sent-1")
    ((method, path, body, headers),) = microsoft.sent
    assert (method, path) == ("POST", "/v3/conversations/a:anna/activities")
    assert "text" not in body
    assert body["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert body["summary"] == "Dag"
    assert "Authorization" not in headers


async def test_a_reply_goes_into_the_thread_of_the_question(local, microsoft):
    await local.send(
        address(microsoft.url, "19:x@thread.tacv2;messageid=17"), CARD, reply_to="1:/?#"
    )

    _, path, body, _ = microsoft.sent[0]
    assert path == "/v3/conversations/19:x@thread.tacv2;messageid=17/activities/1:/?#"
    assert body["replyToId"] == "1:/?#"


async def test_ids_are_escaped_in_the_address_exactly_once(connector, microsoft):
    url = target(microsoft.url, "/v3/conversations/a%2Fb%3A%3B/activities", local=True)
    await connector.post(microsoft.url, "a/b:;", b'{"type": "message"}')

    assert url.raw_path == "/v3/conversations/a%2Fb%3A%3B/activities"
    assert microsoft.sent[0][1] == "/v3/conversations/a/b:;/activities"


async def test_an_update_takes_the_place_of_a_card(local, microsoft):
    assert isinstance(await local.update(address(microsoft.url), "1:x", CARD), Sent)

    method, path, body, _ = microsoft.sent[0]
    assert (method, path, body["id"]) == ("PUT", "/v3/conversations/a:anna/activities/1:x", "1:x")


async def test_a_card_that_many_get_is_whole_for_each_and_written_as_json(local, microsoft):
    """What is the same for all is encoded once: nothing of one conversation may stay in it."""
    for name in ("a:anna", "a:bram"):
        await local.send(address(microsoft.url, name), CARD, reply_to=f"1:{name}")
    await local.update(address(microsoft.url, "a:anna"), "1:x", CARD)

    bodies = [body for _, _, body, _ in microsoft.sent]
    assert [body["conversation"]["id"] for body in bodies] == ["a:anna", "a:bram", "a:anna"]
    assert [body.get("replyToId") for body in bodies] == ["1:a:anna", "1:a:bram", None]
    assert bodies[0]["attachments"] == bodies[1]["attachments"] == bodies[2]["attachments"]
    assert {headers["Content-Type"] for *_, headers in microsoft.sent} == {"application/json"}


def test_an_activity_is_the_callers_own():
    one = outgoing(address(SERVICE), CARD)
    one["attachments"][0]["content"]["body"].clear()

    assert outgoing(address(SERVICE), CARD)["attachments"][0]["content"]["body"] != []


async def test_a_new_thread_in_a_channel(local, microsoft):
    microsoft.fault = FakeMicrosoft.answers(201, {"id": "19:x;messageid=9", "activityId": "1:y"})
    place = address(microsoft.url, "19:x@thread.tacv2;messageid=17", place="channel")

    assert await local.start_thread(place, CARD) == Sent("1:y", "19:x;messageid=9")
    _, path, body, _ = microsoft.sent[0]
    assert path == "/v3/conversations"
    assert body["channelData"]["channel"]["id"] == "19:x@thread.tacv2"
    assert body["channelData"]["tenant"]["id"] == body["tenantId"] == TENANT
    assert "conversation" not in body["activity"]


def test_a_channel_has_no_single_recipient():
    assert "recipient" in outgoing(address(SERVICE), CARD)
    assert "recipient" not in outgoing(address(SERVICE, place="channel"), CARD)


def test_what_web_chat_did_not_say_is_left_out():
    place = Address(service_url=SERVICE, conversation_id="c")

    assert outgoing(place, CARD).keys() & {"from", "recipient"} == set()


# In order, from one pool.


async def test_sends_within_a_conversation_arrive_in_order(local, microsoft):
    microsoft.delay = 0.01
    cards = [Card(language="nl", title=str(n), text="x") for n in range(12)]

    await asyncio.gather(*(local.send(address(microsoft.url), card) for card in cards))

    assert [body["summary"] for _, _, body, _ in microsoft.sent] == [str(n) for n in range(12)]
    assert microsoft.overlaps == 0


async def test_conversations_do_not_wait_for_each_other(local, microsoft):
    microsoft.delay = 0.2
    many = [address(microsoft.url, f"a:{n}") for n in range(CONNECTIONS)]

    await asyncio.gather(*(local.send(one, CARD) for one in many))

    assert microsoft.most_under_way > CONNECTIONS / 2


async def test_connections_are_kept(local, microsoft):
    for number in range(30):
        await local.send(address(microsoft.url, f"a:{number}"), CARD)

    assert len(microsoft.connections) == 1


async def test_a_conversation_is_forgotten_when_nothing_is_being_sent(local, connector, microsoft):
    for number in range(50):
        await local.send(address(microsoft.url, f"a:{number}"), CARD)

    assert connector.busy_conversations == 0


# Where a token may go.

ALLOWED = [
    SERVICE,
    "https://smba.trafficmanager.net",
    "https://SMBA.trafficmanager.net/de/",
    "https://smba.trafficmanager.net:443/emea/",
    "https://webchat.botframework.com/",
    "https://smba.infra.gcc.teams.microsoft.com/teams",
    "https://smba.infra.gov.teams.microsoft.us/teams/",
]
NOT_ALLOWED = [
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net:8443/emea/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://evil-smba.trafficmanager.net/",
    "https://evil.smba.trafficmanager.net/",
    "https://a.customer.smba.trafficmanager.net/emea/",
    "https://botframework.com.trafficmanager.net/",
    "https://trafficmanager.net/",
    "https://notbotframework.com/",
    "https://smba.trafficmanager.net@evil.example/",
    "https://evil.example\\@smba.trafficmanager.net/",
    "https://user:pw@smba.trafficmanager.net/",
    "https://evil.example/?smba.trafficmanager.net",
    "https://evil.example#.botframework.com",
    "https://evil.example/#@smba.trafficmanager.net/",
    "https://smba.trafficmanager.net/?x=",
    "https://smba.trafficmanager.net\t.evil.example/",
    "https://smba.trafficmanager.net/\r\nHost: evil.example",
    "https://smba.trafficmanager.net%2eevil.example/",
    "https://smba.trafficmanager\u3002net/",
    "https://smba.trafficmanager.net./",
    "https://127.0.0.1/",
    "https://localhost/",
    "ftp://smba.trafficmanager.net/",
    "//smba.trafficmanager.net/",
    "smba.trafficmanager.net",
    "https://",
    "https://[",
    "https://smba.trafficmanager.net:99999/",
    "",
]


@pytest.mark.parametrize("url", ALLOWED)
def test_a_service_url_of_microsoft(url):
    assert target(url, "/v3", local=False) is not None


@pytest.mark.parametrize("url", NOT_ALLOWED)
async def test_a_token_goes_nowhere_else(production, microsoft_tls, url):
    assert isinstance(await production.send(address(url), CARD), Refused)
    assert microsoft_tls.sent == []


@pytest.mark.parametrize("url", ["http://localhost:1/x", "http://127.0.0.1:1", "http://[::1]:1/"])
def test_in_local_mode_only_loopback(url):
    assert target(url, "/v3", local=True) is not None


@pytest.mark.parametrize("url", [SERVICE, "http://10.0.0.1/", "http://127.0.0.1.evil.example/"])
def test_in_local_mode_not_the_world(url):
    assert target(url, "/v3", local=True) is None


async def test_the_token_travels_to_microsoft_over_tls(production, microsoft_tls):
    assert isinstance(await production.send(address(SERVICE), CARD), Sent)
    assert microsoft_tls.sent[0][3]["Authorization"] == "Bearer secret-token"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(production, microsoft_tls, microsoft, status):
    microsoft_tls.fault = FakeMicrosoft.answers(status, {}, Location=microsoft.url + "/v3/steal")

    assert isinstance(await production.send(address(SERVICE), CARD), Later)
    assert microsoft.sent == []


async def test_cookies_are_not_kept(production, microsoft_tls):
    microsoft_tls.fault = FakeMicrosoft.answers(200, {"id": "1"}, Set_Cookie="affinity=x; Path=/")
    for _ in range(2):
        await production.send(address(SERVICE), CARD)

    assert "Cookie" not in microsoft_tls.sent[1][3]


async def test_a_government_tenant_is_called_at_the_host_it_names(production, microsoft_tls):
    def other_host(_, path, __):
        if path.startswith("/emea/"):
            message = "For GCC tenants, please call `https://smba.infra.gcc.teams.microsoft.com`."
            body = {"error": {"code": "InvalidBotApiHost", "message": message}}
            return FakeMicrosoft.answers(403, body)()
        return None

    microsoft_tls.fault = other_host

    assert isinstance(await production.send(address(SERVICE), CARD), Sent)
    assert [headers["Host"] for *_, headers in microsoft_tls.sent] == [
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
    ]


@pytest.mark.parametrize("host", ["https://evil.example", "https://smba.trafficmanager.net/emea"])
async def test_once_and_only_within_the_list(production, microsoft_tls, host):
    body = {"error": {"code": "InvalidBotApiHost", "message": f"call {host}"}}
    microsoft_tls.fault = FakeMicrosoft.answers(403, body)

    assert isinstance(await production.send(address(SERVICE), CARD), Refused)
    assert len(microsoft_tls.sent) == (1 if "evil" in host else 2)


# What a send ends in.


async def test_what_the_connector_says_is_the_result(local, microsoft):
    microsoft.fault = FakeMicrosoft.answers(403, {"error": {"code": "ConversationBlockedByUser"}})
    assert isinstance(await local.send(address(microsoft.url), CARD), Gone)

    microsoft.fault = FakeMicrosoft.answers(429, {"error": {"code": "Throttled"}}, Retry_After="7")
    assert await local.send(address(microsoft.url), CARD) == Later("429 Throttled", 7.0)


async def test_nobody_listens(local):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"

    result = await local.send(address(url), CARD)

    assert isinstance(result, Later), "nothing has left, so it cannot have arrived"


async def test_a_name_that_does_not_exist(production, microsoft_tls):
    result = await production.send(address("https://x.botframework.com/"), CARD)

    assert isinstance(result, Later)


async def test_a_certificate_of_a_stranger(microsoft_tls, clock):
    async with microsoft_tls.distrustful_session() as session:
        channel = TeamsChannel(Connector(session, OneToken(), clock, local=False))

        assert isinstance(await channel.send(address(SERVICE), CARD), Later)
    assert microsoft_tls.sent == []


async def test_cut_off_after_the_request_left(local, microsoft):
    microsoft.fault = lambda *_: "drop"

    assert isinstance(await local.send(address(microsoft.url), CARD), InDoubt)


async def test_an_answer_that_never_comes_is_in_doubt_and_really_cancelled(microsoft, clock):
    microsoft.delay = 0.2
    async with pooled_session() as session:
        seconds = {"answer_seconds": 0.05, "late_seconds": 0.05}
        channel = TeamsChannel(Connector(session, NoTokens(), clock, local=True, **seconds))
        result = await channel.send(address(microsoft.url), CARD)

        assert isinstance(result, InDoubt)
        assert isinstance(await result.late, InDoubt)
        # Nothing of it lives on: the connection is gone, too.
        assert await asyncio.to_thread(microsoft.hung_up.wait, 5)


@pytest.mark.parametrize(
    ("fault", "known"),
    [
        (FakeMicrosoft.answers(201, {"id": "1:late"}), Sent("1:late")),
        (FakeMicrosoft.answers(429, {"error": {"code": "Throttled"}}), Later("429 Throttled")),
        (lambda *_: "drop", InDoubt("cut off: ServerDisconnectedError")),
    ],
    ids=["sent", "later", "dropped"],
)
async def test_an_answer_that_comes_late_is_known_then_and_holds_up_nobody(
    microsoft, clock, fault, known
):
    microsoft.delay, microsoft.fault = 0.4, fault
    async with pooled_session() as session:
        connector = Connector(session, NoTokens(), clock, local=True, answer_seconds=0.05)
        result = await TeamsChannel(connector).send(address(microsoft.url), CARD)

        assert isinstance(result, InDoubt)
        assert connector.busy_conversations == 0, "what comes next in it need not wait"
        assert await result.late == known


async def test_an_answer_in_pieces_is_read_whole(local, microsoft):
    microsoft.fault = FakeMicrosoft.answers(201, {"padding": "x" * 40_000, "id": "1:x"})

    assert await local.send(address(microsoft.url), CARD) == Sent("1:x")


@pytest.mark.parametrize(("temporary", "kind"), [(True, Later), (False, Refused)])
async def test_without_a_token_nothing_is_sent(microsoft_tls, clock, temporary, kind):
    async with microsoft_tls.session() as session:
        channel = TeamsChannel(Connector(session, NoToken(temporary=temporary), clock, local=False))

        assert isinstance(await channel.send(address(SERVICE), CARD), kind)
    assert microsoft_tls.sent == []
