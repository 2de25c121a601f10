"""Malformed and odd activities: never a 500, and never a word to a place it did not come from."""

import asyncio
import contextlib
import json
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.bot import BotClient, bot_over_http
from tests.support.clock import Clock
from tests.support.teams import FakeMicrosoft, activity

FINE = {200, 202, 400, 401, 403, 413, 415, 501}
"""501 is for an invoke that nobody handles, as the Bot Framework asks."""
QUICK, ALL = 250, 10_000

words = st.sampled_from(
    ["help", "stop", "aanmelden", "mijn gegevens", "vergeet mij", "wat kost een certificaat?", ""]
)
texts = st.one_of(words, st.text(max_size=60))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)
ids = st.one_of(
    st.sampled_from(["a:anna", "19:x@thread.tacv2;messageid=1", "28:bot", "29:anna"]),
    st.text(min_size=1, max_size=30),
)
accounts = st.fixed_dictionaries({"id": ids}, optional={"name": texts, "aadObjectId": ids})
mentions = st.fixed_dictionaries(
    {"type": st.just("mention"), "mentioned": accounts, "text": st.just("<at>Ladderbot</at>")}
)
conversations = st.fixed_dictionaries(
    {"id": ids},
    optional={
        "conversationType": st.sampled_from(["personal", "groupChat", "channel", "meeting", ""]),
        "isGroup": st.booleans(),
        "tenantId": ids,
        "name": texts,
    },
)
NAMES = ["composeExtension/query", "adaptiveCard/action", "task/fetch", "fileConsent/invoke", "x"]
KINDS = [
    *("message", "conversationUpdate", "installationUpdate", "invoke", "event", "typing"),
    *("messageReaction", "messageUpdate", "messageDelete", "endOfConversation", "Message", "foo"),
]
# What belongs there, so that odd things reach deep.
LIKELY = {
    "type": st.sampled_from(KINDS),
    "text": texts.map(lambda text: f"<at>Ladderbot</at> {text}"),
    "conversation": conversations,
    "from": accounts,
    "recipient": accounts,
    "entities": st.lists(mentions, max_size=3),
    "membersAdded": st.lists(accounts, max_size=3),
    "membersRemoved": st.lists(accounts, max_size=3),
    "action": st.sampled_from(["add", "remove", "add-upgrade", "x"]),
    "name": st.sampled_from(NAMES),
    "value": st.one_of(
        st.fixed_dictionaries({"says": texts}),
        st.fixed_dictionaries({"action": st.fixed_dictionaries({"data": anything})}),
        st.fixed_dictionaries({"parameters": st.lists(anything, max_size=2)}),
        anything,
    ),
    "channelData": st.fixed_dictionaries(
        {"tenant": st.fixed_dictionaries({"id": ids})},
        optional={"team": st.fixed_dictionaries({"id": ids}), "channel": anything},
    ),
    "serviceUrl": st.sampled_from(["https://smba.trafficmanager.net/emea/", "http://10.0.0.1"]),
    "deliveryMode": st.sampled_from(["expectReplies", "normal", "x"]),
    "replyToId": ids,
    "id": ids,
    "timestamp": st.sampled_from(["2026-11-24T10:00:00Z", "yesterday", ""]),
    "localTimezone": st.sampled_from(["Europe/Amsterdam", "Mars/Base"]),
    "locale": st.sampled_from(["nl-NL", "en-US", "tlh", ""]),
    "attachments": st.lists(anything, max_size=2),
}
keys = st.sampled_from(sorted(LIKELY))
changes = st.lists(
    st.one_of(
        keys.flatmap(lambda key: st.tuples(st.just(key), LIKELY[key])),
        keys.flatmap(lambda key: st.tuples(st.just(key), LIKELY[key])),
        st.tuples(keys, anything),
        st.tuples(keys, st.just("__gone__")),
        st.tuples(texts, anything),
    ),
    min_size=1,
    max_size=6,
)
raws = st.one_of(st.binary(max_size=80), anything.map(lambda value: json.dumps(value).encode()))


def changed(url, pairs):
    body = activity(url, "help")
    for key, value in pairs:
        if value == "__gone__":
            body.pop(key, None)
        else:
            body[key] = value
    return body


@pytest.fixture
def fuzzing(request, caplog):
    """The whole bot, and a loop of our own: Hypothesis is not async."""
    loop = asyncio.new_event_loop()
    with FakeMicrosoft() as fake, contextlib.ExitStack() as stack:
        context = bot_over_http(request.getfixturevalue("settings"), Clock(), fake)
        client = loop.run_until_complete(context.__aenter__())
        stack.callback(lambda: loop.run_until_complete(context.__aexit__(None, None, None)))
        yield Fuzzing(loop, client, fake, caplog)
    loop.close()


class Fuzzing(NamedTuple):
    loop: asyncio.AbstractEventLoop
    client: BotClient
    microsoft: FakeMicrosoft
    log: pytest.LogCaptureFixture


def hold(fuzzing, data, body):
    """Post it, and look at what came of it."""
    fake = fuzzing.microsoft
    fake.sent.clear()
    fuzzing.log.clear()
    status, text = fuzzing.loop.run_until_complete(fuzzing.client.post_raw(data))

    assert status in FINE, (status, text, data)
    broken = [record for record in fuzzing.log.records if record.exc_info]
    assert broken == [], data
    conversation = body.get("conversation") if isinstance(body, dict) else None
    came_from = conversation.get("id") if isinstance(conversation, dict) else None
    for method, path, activity_sent, _ in fake.sent:
        assert method == "POST"
        # The server has decoded it once: an id with a percent sign in it is still that id.
        assert path.startswith(f"/v3/conversations/{came_from}/activities"), (path, body)
        assert activity_sent["conversation"]["id"] == came_from
        assert body["serviceUrl"] == fake.url
    return len(fake.sent)


def fuzz(fuzzing, examples):
    replies = []
    options = settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )

    @options
    @given(changes)
    def odd(pairs):
        body = changed(fuzzing.microsoft.url, pairs)
        replies.append(hold(fuzzing, json.dumps(body).encode(), body))

    @options
    @given(raws)
    def malformed(raw):
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        hold(fuzzing, raw, body)

    odd()
    malformed()
    # Else nothing was tried: many of them are odd, and still a message.
    assert sum(replies) > examples / 10


def test_odd_activities_never_break_it_and_never_reach_others(fuzzing):
    fuzz(fuzzing, QUICK)


@pytest.mark.slow
def test_ten_thousand_odd_activities_never_break_it_and_never_reach_others(fuzzing):
    fuzz(fuzzing, ALL)
