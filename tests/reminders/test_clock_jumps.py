"""What a clock that was wrong for a while leaves behind, and how it is put right."""

from bot.channel import Later
from tests.support.reminders import REMINDER, second_process


async def test_what_expired_by_a_clock_that_was_wrong_is_sent_after_all(process):
    process.subscribe("anna")
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-08 09:00")
    process.channel.answer = None
    await process.beat_at("2026-12-09 09:05")
    assert process.states()["anna", "1h"][:2] == ("expired", "meeting_started")

    # Its seconds go on; those of the process in this test are those of its clock.
    put_right = second_process(process, worker_id="one")
    for minute in (6, 7):
        await put_right.beat_at(f"2026-12-08 09:0{minute}")

    assert process.channel.titles() == [REMINDER]
    put_right.close()


async def test_what_waits_for_a_moment_that_a_wrong_clock_wrote_is_tried_now(process):
    process.subscribe("anna")
    await process.beat_at("2026-12-01 09:59")
    process.channel.answer = lambda *_: Later("503")
    await process.beat_at("2026-12-07 15:00")
    process.channel.answer = None
    assert process.channel.sent == []

    put_right = second_process(process, worker_id="one")
    for minute in (1, 2):
        await put_right.beat_at(f"2026-12-07 10:0{minute}")

    assert process.channel.titles() == [REMINDER]
    put_right.close()
