"""What the connector's answer means: every row of Microsoft's table, in every shape a body takes."""

import json
from datetime import UTC, datetime

import pytest

from bot.channel import Gone, GoneReason, InDoubt, Later, Refused, Sent
from bot.teams.results import host_given, result_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def of(status, body=b"", retry_after=None):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return result_of(status, raw, retry_after, NOW)


def error(code, message="m"):
    return {"error": {"code": code, "message": message}}


SENT = [
    (200, {"id": "1:x"}, Sent("1:x")),
    (201, {"id": "1:x"}, Sent("1:x")),
    (202, b"", Sent("")),
    (204, b"", Sent("")),
    (200, {}, Sent("")),
    (200, {"id": 5}, Sent("")),
    (201, {"id": "a:new", "activityId": "1:x", "serviceUrl": "s"}, Sent("1:x", "a:new")),
    # Whatever the body: what was taken must not be sent again because nobody can read that.
    (200, b"<html>proxy</html>", Sent("")),
    (201, b"[1]", Sent("")),
    (201, b'{"id": "1:x"', Sent("")),
    (201, b'{"id": "\\ud83d"}', Sent("")),
    (201, b'{"id": "a\\u0000b"}', Sent("")),
    (201, {"id": "x" * 5_000}, Sent("")),
    (201, {"id": ["1:x"], "activityId": {"a": 1}}, Sent("")),
    (201, b"[" * 100_000, Sent("")),
    (201, b'{"id": ' + b"9" * 10_000 + b"}", Sent("")),
    (201, b"\xff\xfe\x00", Sent("")),
]


@pytest.mark.parametrize(("status", "body", "result"), SENT)
def test_a_success(status, body, result):
    assert of(status, body) == result


TABLE = [
    (400, "BadArgument", Refused("400 BadArgument")),
    (400, "Bad Argument", Refused("400 BadArgument")),
    (400, "BadSyntax", Refused("400 BadSyntax")),
    (400, "MemberNotFoundInConversation", Gone(GoneReason.REMOVED)),
    (401, "BotNotRegistered", Refused("401 BotNotRegistered", setup=True)),
    (401, "Unauthorized", Refused("401 Unauthorized", setup=True)),
    (403, "ConversationBlockedByUser", Gone(GoneReason.BLOCKED)),
    (403, "MessageWritesBlocked", Gone(GoneReason.BLOCKED)),
    (403, "BotNotInConversationRoster", Gone(GoneReason.REMOVED)),
    (403, "BotDisabledByAdmin", Gone(GoneReason.DISABLED)),
    (403, "InvalidBotApiHost", Refused("403 InvalidBotApiHost")),
    (403, "NotEnoughPermissions", Refused("403 NotEnoughPermissions")),
    (403, "ForbiddenOperationException", Refused("403 ForbiddenOperationException")),
    (404, "ConversationNotFound", Gone(GoneReason.NOT_FOUND)),
    (404, "ActivityNotFoundInConversation", Gone(GoneReason.DELETED)),
    (405, "x", Refused("405 x")),
    (409, "x", Refused("409 x")),
    (410, "x", Refused("410 x")),
    (410, "ConversationNotFound", Refused("410 ConversationNotFound")),
    (413, "MessageSizeTooBig", Refused("413 MessageSizeTooBig")),
    *((status, "x", Later(f"{status} x")) for status in (408, 412, 425, 429)),
    *((status, "x", Later(f"{status} x")) for status in (500, 501, 502, 503, 505, 521, 599)),
    (500, "ConversationBlockedByUser", Later("500 ConversationBlockedByUser")),
    *((status, "x", InDoubt(f"{status} x")) for status in (504, 520, 524)),
    *((status, "x", Later(f"not the connector's answer: {status}")) for status in (301, 302, 308)),
]


@pytest.mark.parametrize(("status", "code", "result"), TABLE)
def test_a_row_of_the_table(status, code, result):
    assert of(status, error(code)) == result


@pytest.mark.parametrize(("status", "code", "result"), TABLE)
def test_a_row_of_the_table_with_its_code_elsewhere(status, code, result):
    for body in ({"errorCode": code}, {"code": code, "message": "m"}):
        assert of(status, body) == result


BLOCKED = [
    {"errorCode": 209, "message": "whatever it says"},
    {"errorCode": 209, "message": '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "x"}'},
    {"message": '{"subCode": "MessageWritesBlocked", "details": "x"}'},
    {"error": {"code": "Forbidden", "message": '{"errorCode": 209}'}},
]


@pytest.mark.parametrize("body", BLOCKED)
def test_a_block_or_an_uninstall_in_the_shapes_it_really_has(body):
    assert of(403, body) == Gone(GoneReason.BLOCKED)


NOT_THE_CONNECTORS = [
    b"",
    b"  ",
    b"<html><title>Access denied: ConversationBlockedByUser</title></html>",
    b'"ConversationBlockedByUser"',
    b'["ConversationBlockedByUser"]',
    {"message": "The thread is blocked from message writes by an administrator."},
    {"message": "ConversationNotFound"},
    {"status": "ConversationBlockedByUser"},
    {"error": "ConversationBlockedByUser"},
    {"error": {"code": {"a": "ConversationBlockedByUser"}}},
    {},
]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 407, 409, 410, 413, 451])
@pytest.mark.parametrize("body", NOT_THE_CONNECTORS, ids=str)
def test_what_anybody_may_have_answered_ends_nothing_and_is_tried_again(status, body):
    """A firewall's 403 for everybody must not unsubscribe everybody."""
    assert of(status, body) == Later(f"not the connector's answer: {status}")


def test_a_text_that_looks_like_a_code_is_none():
    body = error("Forbidden", "Thread is Blocked From Message Writes: ConversationBlockedByUser")

    assert of(403, body) == Refused("403 Forbidden")


@pytest.mark.parametrize("body", [b"<html>no</html>", b"", {}])
def test_a_401_is_a_matter_of_the_set_up_whoever_says_it(body):
    assert of(401, body) == Refused("401", setup=True)


@pytest.mark.parametrize(
    ("status", "kind"), [(412, Later), (429, Later), (502, Later), (503, Later), (504, InDoubt)]
)
def test_a_gateway_speaks_html_and_is_tried_again(status, kind):
    assert isinstance(of(status, b"<html>bad gateway</html>"), kind)


def test_what_ends_in_a_log_is_a_code_and_no_text():
    assert of(400, error("Bad\n<b>code</b>" + "x" * 200)).why == "400 Badbcodeb" + "x" * 51


WAITS = [
    (None, None),
    ("", None),
    ("2", 2.0),
    ("0", None),
    ("0.0", None),
    (" 1.5 ", 1.5),
    ("-3", None),
    ("inf", None),
    ("nan", None),
    ("1e9", None),
    ("soon", None),
    ("315360000", 315_360_000.0),
    ("9" * 5_000, None),
    ("Tue, 24 Nov 2026 09:00:30 GMT", 30.0),
    ("Tue, 24 Nov 2026 08:00:00 GMT", None),
    ("Tue, 24 Nov 2026 09:00:30", 30.0),
    ("Tue, 99 Nov 2026 09:00:30 GMT", None),
]


@pytest.mark.parametrize(("header", "seconds"), WAITS)
def test_how_long_the_connector_wants_us_to_wait(header, seconds):
    assert of(429, error("Throttled"), header).seconds == seconds


GIVEN = [
    (
        "Invalid bot api host. For GCC tenants, please call `https://smba.infra.gcc.teams.microsoft.com`.",
        "https://smba.infra.gcc.teams.microsoft.com",
    ),
    ("call https://x.example/teams/ instead", "https://x.example/teams"),
    ("call https://x.example.", "https://x.example"),
    ("no address", ""),
]


@pytest.mark.parametrize(("message", "host"), GIVEN)
def test_the_host_that_the_connector_names(message, host):
    body = json.dumps(error("InvalidBotApiHost", message)).encode()

    assert host_given(403, body) == host
    assert host_given(400, body) == ""
    assert host_given(403, b'{"message": "https://x.example"}') == ""
