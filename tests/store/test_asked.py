"""One conversation leaves a bounded number of questions behind, and can take them back."""

from datetime import UTC, datetime, timedelta

from bot.store.asked import CONVERSATIONS_MAX, DAILY_MAX, AskedQuestions
from bot.store.conversations import Conversations
from bot.store.database import open_database
from dialogs.changes import ForgetMe, KeepUnanswered
from tests.support.reminders import address

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_a_flood_of_nonsense_is_no_list_of_gaps_and_ends_with_the_day(path):
    database = open_database(path)
    store = Conversations(database)
    for number in range(600):
        store.apply(address("a:anna"), (KeepUnanswered(f"onzin {number}"),), NOW)
    store.apply(address("a:bas"), (KeepUnanswered("een vraag"),), NOW)
    assert database["unanswered"].count == DAILY_MAX + 1

    store.apply(address("a:anna"), (KeepUnanswered("morgen"),), NOW + timedelta(days=1))
    assert database["unanswered"].count == DAILY_MAX + 2
    database.close()


def test_who_is_forgotten_takes_the_questions_of_the_day_along_and_nobody_elses(path):
    database = open_database(path)
    store = Conversations(database)
    for name in ("a:anna", "a:bas"):
        store.state(address(name), NOW)
        store.apply(address(name), (KeepUnanswered(f"vraag van {name}"),), NOW)

    store.apply(address("a:anna"), (ForgetMe(),), NOW)

    assert [row["question"] for row in database["unanswered"].rows] == ["vraag van a:bas"]
    database.close()


def test_what_is_remembered_of_it_is_bounded():
    asked = AskedQuestions()
    for number in range(CONVERSATIONS_MAX + 10):
        asked.note(str(number), NOW.date(), number)

    assert asked.take("0") == []
    assert asked.take(str(CONVERSATIONS_MAX + 9)) == [CONVERSATIONS_MAX + 9]
