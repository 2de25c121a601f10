"""What was kept long enough is removed."""

import dataclasses
from datetime import UTC, datetime

import pytest

from bot.silence import Silence
from bot.store.database import open_database, write_transaction
from tests.support.clock import Clock
from tests.support.reminders import ReminderProcess, at, calendar

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


async def test_what_was_kept_long_enough_is_removed(path):
    clock = Clock(at("2026-11-25 12:00"))
    process = ReminderProcess(path, clock, calendar())
    process.subscribe("anna")
    await process.beat_at("2026-12-01 10:00")
    await process.beat_at("2026-12-07 10:00")
    with write_transaction(process.database):
        for day in ("2026-12-01", "2026-12-20"):
            process.database["unanswered"].insert({"question": "?", "day": day})

    removed = process.outbox.clean(at("2026-12-05 00:00"))
    removed += process.unanswered.clean(at("2026-12-10 00:00"))

    assert removed == 2
    assert process.rows() == [("anna", "1d", "sent")]
    assert [r["day"] for r in process.database.query("select day from unanswered")] == [
        "2026-12-20"
    ]
    process.close()


async def test_the_service_cleans_once_a_day(settings, path):
    from bot.rate_limit import RateLimiter
    from bot.reminders.service import reminder_service
    from tests.support.channel import MemoryChannel
    from tests.support.reminders import context_of

    settings = dataclasses.replace(settings, database_path=path, keep_questions_days=30)
    clock, database = Clock(NOW), open_database(path)
    with write_transaction(database):
        database["unanswered"].insert({"question": "?", "day": "2026-11-25"})
    left = []
    async with reminder_service(
        settings,
        channel=MemoryChannel(),
        silence=Silence(),
        limiter=RateLimiter(30, lambda: 0.0),
        context=lambda: context_of(calendar()),
        clock=clock,
        on_result=print,
    ) as service:
        for _ in range(40):
            await service.clean()
            left.append(database["unanswered"].count)
            clock.move(hours=20)

    database.close()
    assert left[0] == 1
    assert left[-1] == 0
    # Thirty whole days, every twenty hours a look: on 26 December it goes.
    assert left.index(0) == 37


def test_deliveries_are_kept_longer_than_the_longest_lead(settings):
    from bot.settings import SETTINGS
    from faq.meetings import LEAD_MAX

    shortest = next(s for s in SETTINGS if s.name == "KEEP_DELIVERIES_DAYS")
    with pytest.raises(ValueError, match="whole number from"):
        shortest.read(str(LEAD_MAX.days))
