"""The calendar feed: what three independent parsers read, and a number that only rises."""

import dataclasses
import json
import re
import shutil
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import icalendar
import pytest
import recurring_ical_events

from bot.reminders import feed
from bot.store.database import open_database
from bot.store.occurrences import Occurrences
from faq.meetings_file import parse
from tests.browser import clients
from tests.support import ROOT
from tests.support.bot import bot_over_http
from tests.support.clock import Clock
from tests.support.reminders import at, calendar, cancelled, meetings_toml, moved

NOW = at("2026-11-25 12:00")
MODULES = ROOT / "tests" / "browser" / "node_modules"

# Both nights of a clock change, the skipped and the doubled hour, a move, and a cancellation.
YEAR = calendar(moved("2027-05-11", "2027-05-18T10:00:00"), cancelled("2027-08-10"))
NIGHTS = calendar(starts="2027-03-26T02:30:00", rrule="FREQ=DAILY;COUNT=220")
AFTER = calendar(starts="2027-03-26T03:10:00", rrule="FREQ=DAILY;COUNT=220")
BEFORE = calendar(starts="2027-03-26T01:50:00", rrule="FREQ=DAILY;COUNT=220")
AMERICA = parse(
    meetings_toml(starts="2027-03-12T10:00:00", rrule="FREQ=DAILY;COUNT=260")
    .replace("Europe/Amsterdam", "America/New_York")
    .encode()
)[0]


@pytest.fixture
def kept(tmp_path):
    database = open_database(tmp_path / "bot.sqlite3")
    yield Occurrences(database)
    database.close()


def feed_of(known, kept, now=NOW):
    meetings = list(known.meetings(*feed.window(now)))
    versions = kept.versions({m.key: feed.meeting_hash(m) for m in meetings}, now)
    return feed.feed(known, meetings, versions, "CoP", now)


def expected(known, after, until):
    return sorted(
        (m.starts.isoformat(), m.ends.isoformat(), "CANCELLED" if m.cancelled else "CONFIRMED")
        for m in known.meetings(after, until)
        if m.starts >= after
    )


def by_icalendar(raw, after, until):
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(raw)).between(after, until)
    return sorted(
        (e.start.astimezone(UTC).isoformat(), e.end.astimezone(UTC).isoformat(), str(e["STATUS"]))
        for e in events
    )


ICAL_JS = """
const ICAL = require("ical.js").default || require("ical.js");
const root = new ICAL.Component(ICAL.parse(require("fs").readFileSync(process.argv[1], "utf8")));
root.getAllSubcomponents("vtimezone").forEach(z => ICAL.TimezoneService.register(z));
const [after, until] = process.argv.slice(2).map(Number);
const out = root.getAllSubcomponents("vevent").map(v => new ICAL.Event(v)).map(e =>
  [e.startDate.toUnixTime(), e.endDate.toUnixTime(), e.component.getFirstPropertyValue("status")]);
console.log(JSON.stringify(out.filter(e => e[0] >= after && e[0] < until)));
"""
LIBICAL = """
import json, sys
import gi
gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as I
root = I.Component.new_from_string(open(sys.argv[1], encoding="utf-8", newline="").read())
after, until = map(int, sys.argv[2:])
I.restriction_check(root)
assert "X-LIC-ERROR" not in root.as_ical_string(), root.as_ical_string()
out = []
event = root.get_first_component(I.ComponentKind.VEVENT_COMPONENT)
while event:
    times = []
    for kind in (I.PropertyKind.DTSTART_PROPERTY, I.PropertyKind.DTEND_PROPERTY):
        prop = event.get_first_property(kind)
        zone = prop.get_first_parameter(I.ParameterKind.TZID_PARAMETER)
        value = I.Value.new_from_string(I.ValueKind.DATETIME_VALUE, prop.get_value_as_string()).get_datetime()
        times.append(value.as_timet_with_zone(root.get_timezone(zone.get_tzid()) if zone else I.Timezone.get_utc_timezone()))
    status = event.get_first_property(I.PropertyKind.STATUS_PROPERTY).get_value_as_string()
    out.append([*times, status])
    event = root.get_next_component(I.ComponentKind.VEVENT_COMPONENT)
print(json.dumps([e for e in out if after <= e[0] < until]))
"""


def by_command(command, raw, after, until, tmp_path):
    file = tmp_path / "feed.ics"
    file.write_bytes(raw)
    ends = [str(int(moment.timestamp())) for moment in (after, until)]
    done = subprocess.run(
        [*command, str(file), *ends],
        capture_output=True,
        text=True,
        check=False,
        cwd=MODULES.parent,
    )
    assert done.returncode == 0, done.stderr
    return sorted(
        (
            datetime.fromtimestamp(a, UTC).isoformat(),
            datetime.fromtimestamp(b, UTC).isoformat(),
            status,
        )
        for a, b, status in json.loads(done.stdout)
    )


def libical():
    python = Path("/usr/bin/python3")
    probe = "import gi; gi.require_version('ICalGLib', '3.0')"
    return (
        python.exists()
        and subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0
    )


PARSERS = [
    "icalendar",
    "ical.js",
    pytest.param(
        "libical",
        marks=pytest.mark.skipif(
            not libical(), reason="apt-get install gir1.2-ical-3.0 python3-gi"
        ),
    ),
]


@pytest.mark.parametrize(
    "known",
    [YEAR, NIGHTS, BEFORE, AFTER, AMERICA],
    ids=["year", "nights", "before", "after", "america"],
)
@pytest.mark.parametrize("parser", PARSERS)
def test_independent_parsers_read_the_same_twelve_months(parser, known, kept, tmp_path):
    after, until = NOW, NOW + timedelta(days=366)
    raw = feed_of(known, kept)

    if parser == "icalendar":
        read = by_icalendar(raw, after, until)
    elif parser == "ical.js":
        clients.needed()
        read = by_command(["node", "-e", ICAL_JS], raw, after, until, tmp_path)
    else:
        read = by_command(["/usr/bin/python3", "-c", LIBICAL], raw, after, until, tmp_path)

    assert len(read) >= 12
    assert read == expected(known, after, until)


def test_the_text_keeps_to_the_form(kept):
    agenda = 'agenda.nl = "' + "Een rondje, één vraag; en een thema. " * 9 + '"\n'
    known, _ = parse((meetings_toml() + agenda).encode())
    raw = feed_of(known, kept)

    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    unfolded = raw.decode().replace("\r\n ", "")
    assert "Een rondje\\, één vraag\\; en een thema." in unfolded
    assert unfolded.count("BEGIN:VTIMEZONE") == 1
    assert "METHOD" not in unfolded
    events = unfolded.split("BEGIN:VEVENT")[1:]
    for name in ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "SUMMARY"):
        assert all(
            len(re.findall(rf"^{name}[;:]", event, re.MULTILINE)) == 1 for event in events
        ), name


def versions(raw):
    return {
        str(event["UID"]): (int(event["SEQUENCE"]), event["DTSTAMP"].dt, str(event["STATUS"]))
        for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")
    }


def test_the_number_rises_with_each_change_and_never_falls(kept):
    uid = f"2026-12-08-cop@{feed.DOMAIN}"
    seen, now = [], NOW
    for changes in (
        [],
        [moved("2026-12-08", "2026-12-15T10:00:00")],
        [moved("2026-12-08", "2026-12-16T10:00:00")],
        [],
        [cancelled("2026-12-08")],
        [cancelled("2026-12-08")],
        [],
    ):
        now += timedelta(hours=1)
        seen.append(versions(feed_of(calendar(*changes), kept, now))[uid])

    assert [number for number, _, _ in seen] == [0, 1, 2, 3, 4, 4, 5]
    assert [status for _, _, status in seen] == ["CONFIRMED"] * 4 + ["CANCELLED"] * 2 + [
        "CONFIRMED"
    ]
    assert seen[4][1] == seen[5][1] < seen[6][1]


def test_a_cancelled_meeting_is_seen_to_be_off_where_its_status_is_not_shown(kept):
    known = calendar(cancelled("2026-12-08"))
    off, on, *_ = icalendar.Calendar.from_ical(feed_of(known, kept)).walk("VEVENT")

    assert (str(off["SUMMARY"]), str(off["TRANSP"])) == ("Vervalt: CoP", "TRANSPARENT")
    assert str(on["SUMMARY"]) == "CoP"
    assert "TRANSP" not in on


def test_programs_are_told_how_often_to_look_in_both_ways_that_they_know(kept):
    raw = feed_of(calendar(), kept)

    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in raw
    assert b"X-PUBLISHED-TTL:PT6H" in raw


def test_a_change_of_one_meeting_leaves_the_others_as_they_were(kept):
    before = versions(feed_of(calendar(), kept))
    after = versions(feed_of(calendar(cancelled("2027-01-12")), kept, NOW + timedelta(days=1)))

    assert {uid for uid in before if before[uid] != after[uid]} == {f"2027-01-12-cop@{feed.DOMAIN}"}
    assert before.keys() == after.keys()


def test_the_same_files_give_the_same_bytes_also_after_a_restart(tmp_path):
    raws = []
    for hours in (0, 30):
        database = open_database(tmp_path / "bot.sqlite3")
        raws.append(feed_of(YEAR, Occurrences(database), NOW + timedelta(hours=hours)))
        database.close()

    assert raws[0] == raws[1]


async def fetch(client, method="GET", **headers):
    async with client.session.request(
        method, client.url + "/bijeenkomsten.ics", headers=headers
    ) as response:
        return response.status, response.headers, await response.read()


async def test_the_feed_over_http(client):
    status, headers, body = await fetch(client)

    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    same = {"If-None-Match": headers["ETag"]}
    assert (await fetch(client, **same))[0] == 304
    assert (await fetch(client, **{"If-None-Match": f'"other", W/{headers["ETag"]}'}))[0] == 304
    assert (await fetch(client, **{"If-None-Match": '"other"'}))[0] == 200
    assert (await fetch(client, **{"If-Modified-Since": headers["Last-Modified"]}))[0] == 304
    assert (await fetch(client, **{"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}))[0] == 200
    status, head, nothing = await fetch(client, "HEAD")
    assert (status, head["ETag"], nothing) == (200, headers["ETag"], b"")


async def test_the_tag_changes_only_with_the_files(settings, microsoft):
    tags = []
    for day in (25, 26):
        async with bot_over_http(
            settings, Clock(datetime(2026, 11, day, 9, tzinfo=UTC)), microsoft
        ) as client:
            status, headers, _ = await fetch(client)
            tags.append((status, headers["ETag"], headers["Last-Modified"]))

    assert tags[0] == tags[1]


async def test_without_usable_meetings_nobodys_calendar_is_cleared(
    settings, clock, microsoft, tmp_path
):
    broken = tmp_path / "content"
    shutil.copytree(ROOT / "faq/content", broken)
    (broken / "meetings.toml").write_text("[[series", "utf-8")
    async with bot_over_http(
        dataclasses.replace(settings, content_dir=broken), clock, microsoft
    ) as client:
        status, headers, _ = await fetch(client)

    assert (status, headers["Retry-After"]) == (503, "900")


class Counted:
    """What looks up the versions, counted; and the threads in which the calendar was read."""

    def __init__(self, kept):
        self.kept, self.times, self.threads = kept, 0, set()

    async def in_thread(self, do):
        self.times += 1
        return do()

    def calendar(self, known):
        looked = self

        class Watched(type(known)):
            def meetings(self, *args):
                looked.threads.add(threading.get_ident())
                return known.meetings(*args)

        fields = {f.name: getattr(known, f.name) for f in dataclasses.fields(known)}
        return Watched(**fields)


async def test_it_is_built_once_for_a_calendar_and_a_month_and_not_on_the_event_loop(kept):
    counted, clock = Counted(kept), Clock(NOW)
    contexts = [counted.calendar(YEAR)]
    context = lambda: SimpleNamespace(calendar=contexts[-1])  # noqa: E731
    page = feed.Feed(kept, "CoP", context, clock, counted.in_thread).page

    pages = [await page() for _ in range(50)]
    assert (counted.times, {p.body for p in pages}) == (1, {pages[0].body})
    clock.move(days=20)
    await page()
    assert counted.times == 2
    contexts.append(counted.calendar(calendar(cancelled("2027-01-12"))))
    assert (await page()).body != pages[0].body
    assert counted.times == 3
    assert threading.get_ident() not in counted.threads
