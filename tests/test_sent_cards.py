"""What a message of ours holds is known by its id for as long as the talk lasts."""

from datetime import UTC, datetime, timedelta

from bot.sent_cards import CONVERSATIONS_MAX, KEPT, SentCards

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_message_is_known_by_its_id_in_its_own_conversation():
    sent = SentCards(MINUTE)
    sent.remember("a:anna", "1", "Title", NOW)

    assert sent.title("a:anna", "1", NOW + MINUTE) == "Title"
    assert sent.title("a:anna", "2", NOW) == ""
    assert sent.title("a:piet", "1", NOW) == ""


def test_it_is_forgotten_after_a_while_and_when_that_is_asked():
    sent = SentCards(MINUTE)
    sent.remember("a:anna", "1", "Title", NOW)

    assert sent.title("a:anna", "1", NOW + 2 * MINUTE) == ""
    sent.forget("a:anna")
    assert sent.title("a:anna", "1", NOW) == ""


def test_what_has_no_id_is_not_found():
    sent = SentCards(MINUTE)
    sent.remember("a:anna", "", "Title", NOW)

    assert sent.title("a:anna", "", NOW) == ""


def test_neither_messages_nor_conversations_pile_up():
    sent = SentCards(MINUTE)
    for number in range(KEPT + 1):
        sent.remember("a:anna", str(number), "Title", NOW)
    assert sent.title("a:anna", "0", NOW) == ""
    assert sent.title("a:anna", "1", NOW) == "Title"

    for number in range(CONVERSATIONS_MAX):
        sent.remember(f"c{number}", "1", "Title", NOW)
    assert sent.title("a:anna", "1", NOW) == ""
