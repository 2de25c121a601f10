"""Ids are data: whatever they hold, they are one segment of a path and one name; and unknown means shared."""

import json

import pytest

from bot.teams import activity as reader
from bot.teams.activity import LISTS, TEXT_MAX, RefusedError, parse
from bot.teams.service_url import segment, target
from tests.support.bot import bot_over_http, settings_without_content
from tests.support.teams import BOT, HI, activity, mention


@pytest.fixture
async def local(tmp_path, clock, microsoft):
    async with bot_over_http(settings_without_content(tmp_path), clock, microsoft) as client:
        yield client


# Where an id may stand: path in the activity → the activity.
PLACES = {
    "conversation.id": lambda body, id_: body["conversation"].update(id=id_),
    "id": lambda body, id_: body.update(id=id_),
    "from.id": lambda body, id_: body["from"].update(id=id_),
    "from.aadObjectId": lambda body, id_: body["from"].update(aadObjectId=id_),
    "recipient.id": lambda body, id_: body["recipient"].update(id=id_),
    "a member": lambda body, id_: body.update(membersAdded=[{"id": id_}]),
    "tenant": lambda body, id_: body["channelData"].update(tenant={"id": id_}),
    "team": lambda body, id_: body["channelData"].update(team={"id": id_}),
    "channel": lambda body, id_: body["channelData"].update(channel={"id": id_}),
}
NO_IDS = {
    "..": "..",
    ".": ".",
    "NUL": "a:anna\0",
    "a line": "a:anna\r\nX: y",
    "an escape": "a:\x1b[2J",
    "C1": "a:\x9b2J",
    "too long": "a" * 2_000,
}


@pytest.mark.parametrize("id_", NO_IDS)
@pytest.mark.parametrize("place", PLACES)
async def test_what_is_no_id_is_refused_wherever_it_stands(local, microsoft, place, id_):
    body = activity(microsoft.url, "help")
    PLACES[place](body, NO_IDS[id_])

    assert (await local.post(body))[0] == 400
    assert microsoft.sent == []


@pytest.mark.parametrize("id_", ["..", ".", "...", "../x", "a/../../b", "a?b#c", "%2e%2e", "é"])
def test_an_id_is_one_segment_of_a_path(id_):
    url = target("http://127.0.0.1:1/", f"/v3/conversations/{segment(id_)}/activities", local=True)

    raw = url.raw_path.split("/")
    assert (len(raw), raw[:3], raw[4]) == (5, ["", "v3", "conversations"], "activities")
    assert raw[3] not in ("", ".", "..")


@pytest.mark.parametrize("field", ["locale", "localTimezone"])
@pytest.mark.parametrize(
    "odd", ["[klik](https://evil.example)", "x" * 65, "nl\n# Kop", "<b>", "nl NL"]
)
async def test_what_is_no_language_or_zone_is_not_shown_and_loses_nobody_a_word(local, field, odd):
    assert "Herinneringen" in (await local.say("aanmelden", **{field: odd}))["fallbackText"]

    assert "evil" not in json.dumps(await local.say("mijn gegevens", **{field: odd}))
    assert odd not in json.dumps(await local.say("mijn gegevens", **{field: odd}))


async def test_an_id_that_is_a_link_is_shown_as_text(local):
    place = {"conversation": {"id": "a:[x](https://evil.example)", "conversationType": "personal"}}
    await local.say("aanmelden", **place)

    assert "](https://evil" not in json.dumps(await local.say("mijn gegevens", **place))


TWICE = [
    ('"conversation":', '"conversation": {"id": "a:other", "conversationType": "personal"}, '),
    ('"conversationType":', '"conversationType": "channel", '),
    ('"type":', '"type": "invoke", '),
    ('"tenant":', '"tenant": {"id": "x"}, '),
    ('"text":', '"text": "stop", '),
]


@pytest.mark.parametrize(("before", "other"), TWICE)
async def test_a_field_that_is_named_twice_is_refused(local, microsoft, before, other):
    raw = json.dumps(activity(microsoft.url, "mijn gegevens"))
    assert before in raw

    assert (await local.post_raw(raw.replace(before, other + before, 1)))[0] == 400
    assert microsoft.sent == []


UNKNOWN = {
    "no type": {},
    "empty": {"conversationType": ""},
    "null": {"conversationType": None},
    "another": {"conversationType": "meeting"},
    "in capitals": {"conversationType": "Personal"},
    "two things": {"conversationType": "personal", "isGroup": True},
}


@pytest.mark.parametrize("kind", UNKNOWN)
async def test_where_others_may_read_along_nothing_of_a_member_is_shown(local, kind):
    place = {"conversation": {"id": "a:anna", "tenantId": "t", **UNKNOWN[kind]}}
    await local.say("aanmelden")
    card = await local.say(f"{HI} mijn gegevens", entities=[mention()], **place)

    assert card is not None
    shown = json.dumps(card)
    assert not any(private in shown for private in ("29:anna", "a:anna", "Europe/Amsterdam"))


async def test_in_a_personal_chat_it_is_shown(local):
    await local.say("aanmelden")

    assert "Europe/Amsterdam" in json.dumps(await local.say("mijn gegevens"))


def test_what_is_read_of_an_activity_is_bounded(microsoft):
    body = activity(microsoft.url, f"{HI} help " + "x" * 100_000, entities=[mention()] * 2_500)
    body |= {"membersAdded": [BOT] * 5_000, "attachments": [{}] * 5_000}

    read = parse(json.dumps(body).encode())

    assert len(read["text"]) <= TEXT_MAX
    assert all(len(read[name]) <= most for name, most in LISTS.items() if name in read)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":' * 100_000,
        b"[" * 250_000,
        b'{"a": ' + b"1" * 200_000 + b"}",
        b'{"a": "' + b"\\ud800" * 40_000 + b'"}',
        b"\xff\xfe{\0}\0",
        b'{"a": 1e999999}',
    ],
    ids=["objects", "lists", "a figure", "surrogates", "UTF-16", "infinity"],
)
def test_what_is_no_activity_is_refused(raw):
    with pytest.raises(RefusedError) as refused:
        parse(raw)

    assert refused.value.status == 400
    assert reader.RefusedError is RefusedError
