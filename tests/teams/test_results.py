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
    (200, b"<html>proxy</html>", InDoubt("the answer was not the connector's")),
    (201, b"[1]", InDoubt("the answer was not the connector's")),
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
    (404, "ConversationNotFound", Refused("404 ConversationNotFound", not_found=True)),
    (404, "ActivityNotFoundInConversation", Gone(GoneReason.DELETED)),
    (412, "PreconditionFailed", Later("412 PreconditionFailed")),
    (413, "MessageSizeTooBig", Refused("413 MessageSizeTooBig")),
    (429, "Throttled", Later("429 Throttled")),
    (500, "ServiceError", Refused("500 ServiceError")),
    (502, "ServiceError", Later("502 ServiceError")),
    (503, "ServiceUnavailable", Later("503 ServiceUnavailable")),
    (504, "GatewayTimeout", InDoubt("504 GatewayTimeout")),
    (405, "x", Refused("405 x")),
    (408, "x", Refused("408 x")),
    (301, "x", Refused("301 x")),
]


@pytest.mark.parametrize(("status", "code", "result"), TABLE)
def test_a_row_of_the_table(status, code, result):
    assert of(status, error(code)) == result


@pytest.mark.parametrize(("status", "code", "result"), TABLE)
def test_a_row_of_the_table_with_its_code_elsewhere(status, code, result):
    for body in ({"errorCode": code}, {"code": code, "message": "m"}):
        assert of(status, body) == result


BLOCKED = [
    b"",
    {"errorCode": 209, "message": "whatever it says"},
    {"errorCode": 209, "message": '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "x"}'},
    {"message": "The thread is blocked from message writes by an administrator."},
    error("Forbidden", "Thread is Blocked From Message Writes"),
]


@pytest.mark.parametrize("body", BLOCKED)
def test_a_block_or_an_uninstall_in_the_shapes_it_really_has(body):
    assert of(403, body) == Gone(GoneReason.BLOCKED)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 500])
def test_a_page_of_a_proxy_ends_nothing(status):
    """A firewall's 403 for everybody must not unsubscribe everybody."""
    result = of(status, b"<html><title>Access denied: ConversationBlockedByUser</title></html>")

    assert result == Refused(f"not the connector's answer: {status}")


@pytest.mark.parametrize(
    ("status", "kind"), [(412, Later), (429, Later), (502, Later), (503, Later), (504, InDoubt)]
)
def test_a_gateway_speaks_html_and_is_tried_again(status, kind):
    assert isinstance(of(status, b"<html>bad gateway</html>"), kind)


@pytest.mark.parametrize(
    "body", [{}, [], "x", 5, {"error": "x"}, {"error": {"code": {"a": 1}}}, {"message": "no"}]
)
def test_an_odd_body_is_our_mistake_and_nobody_is_gone(body):
    assert isinstance(of(403, body), Refused)


def test_what_ends_in_a_log_is_a_code_and_no_text():
    assert of(400, error("Bad\n<b>code</b>" + "x" * 200)).why == "400 Badbcodeb" + "x" * 51


WAITS = [
    (None, None),
    ("", None),
    ("2", 2.0),
    ("0", 0.0),
    (" 1.5 ", 1.5),
    ("-3", None),
    ("inf", None),
    ("nan", None),
    ("1e9", None),
    ("soon", None),
    ("999999999", 3600.0),
    ("9" * 5_000, None),
    ("Tue, 24 Nov 2026 09:00:30 GMT", 30.0),
    ("Tue, 24 Nov 2026 08:00:00 GMT", 0.0),
    ("Tue, 24 Nov 2026 09:00:30", 30.0),
    ("Tue, 24 Nov 9999 09:00:30 GMT", 3600.0),
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
