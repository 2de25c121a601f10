"""Every kind of card that the bot can say, with the shipped content: for the linter and the renderer."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from dialogs import answer, conversation, introduction, reminders, small_talk, trouble
from dialogs.context import Context
from dialogs.entry_card import entry_card
from dialogs.facts import with_facts
from dialogs.format import counted
from dialogs.values import ConversationState, LastExchange, Message, Place, Subscription
from faq.language import LANGUAGES, Text
from faq.meeting_change import Change
from faq.search.result import Match, SearchResult
from tests.support.asking_cards import asking_cards
from tests.support.content import live_content, shipped_content
from tests.support.meeting_cards import meeting_cards
from tests.support.own_cards import own_cards
from tests.support.talk_cards import NOW, talk_cards


class KnowsNothing:
    """A search that was never trained: what is drawn here needs none."""

    def search(self, question: str) -> SearchResult:
        """Nothing, whatever is asked."""
        assert question
        return SearchResult("unknown", (), "nl")


def context() -> Context:
    """The shipped content, without the training."""
    content, live = shipped_content(), live_content(public_url="https://ladderbot.example.nl")
    return dataclasses.replace(
        live.context(),
        knowledge=content.knowledge,
        calendar=content.calendar,
        search=KnowsNothing(),
    )


WORDS = {
    "nl": ("help", "onderwerpen", "onderwerpen certificering", "hallo", "bedankt", "mens",
           "nederlands", "aanmelden", "stop", "pauze", "mijn abonnement", "bijeenkomsten",
           "mijn gegevens", "vergeet mij"),
    "en": ("help", "topics", "topics certification", "hello", "thanks", "human", "english",
           "subscribe", "unsubscribe", "pause", "my subscription", "meetings", "my data",
           "forget me"),
}  # fmt: skip
"""What leads to each command."""

WISHES = {
    "nl": ("herinneringen instellen", "alleen een dag van tevoren", "pauze van 1 juli tot 1 september",
           "een uur en 15 minuten van tevoren", "kan mijn collega ook herinneringen krijgen",
           "geen herinnering op 8 december", "herinner me 90 dagen vooraf", "ongedaan maken",
           "stop met die van een week, die van een dag en die van een uur"),
    "en": ("set reminders", "only a day before", "pause from 1 July until 1 September",
           "an hour and 15 minutes before", "can my colleague get reminders too",
           "no reminder on 8 December", "remind me 90 days before", "undo",
           "stop the reminder of a week, of a day and of an hour"),
}  # fmt: skip
"""Wishes about reminders, one for each card that may answer them."""


@functools.cache
def every_card() -> Mapping[str, object]:
    """Name → card; made once."""
    shipped = context()
    cards = {f"welcome-{place}": introduction.welcome(shipped, place) for place in Place}
    for language in LANGUAGES:
        for name, card in (
            *commands(shipped, language),
            *answers(shipped, language),
            *announcements(shipped, language),
            *talk_cards(shipped, language),
            *asking_cards(shipped, language),
            *meeting_cards(shipped, language),
            *own_cards(shipped, language),
        ):
            # As `respond` does with every card.
            cards[f"{language}-{name}"] = counted(shipped, card)
    return MappingProxyType(cards)


STORED = (
    ("id", "29:anna, a:anna"),
    ("address", "https://smba.example.net"),
    ("seen_at", NOW.date().isoformat()),
    ("active", ""),
    ("since", NOW.isoformat()),
)
"""What may be kept of a member, in the words of the store."""


def commands(shipped, language):
    """The cards of all commands, and of what goes wrong with one."""
    subscribed = ConversationState(subscription=Subscription(active=True), stored=STORED)
    for text in (*WORDS[language], *WISHES[language]):
        for place in (Place.PERSONAL, Place.CHANNEL):
            message = Message(text=text, at=NOW, place=place)
            reply = conversation.respond(shipped, message, subscribed)
            assert reply.outcome.kind == "command", text
            yield f"{text}-{place}", reply.card
    until = NOW + timedelta(days=30)
    paused = ConversationState(
        language=language, subscription=Subscription(active=True, paused_until=until)
    )
    yield "paused", conversation.respond(shipped, Message(text="status", at=NOW), paused).card
    yield "failed", trouble.failed(shipped, language, "3f2a9c01")
    yield "late", trouble.late(shipped, language)
    for about in ("ok", "sorry", "unchanged"):
        state = ConversationState()
        yield f"talk-{about}", small_talk.reply(shipped, state, language, about).card


def answers(shipped, language):
    """The cards of all entries, and those without an answer."""
    message = Message(text="komende bijeenkomsten", at=NOW)
    ids = list(shipped.knowledge.entries)[:3]
    near = SearchResult("unknown", tuple(Match(id_, 0.1) for id_ in ids), "nl")
    asked = ConversationState(last=LastExchange(question="Wat kost dat?", rest=tuple(ids)))
    offer = answer.suggest(shipped, message, asked, near, language)
    yield "suggest", offer.card
    yield "believed", answer.answer(shipped, message, near, language, believed=True).card
    yield "none-of-these", answer.not_meant(shipped, asked, language).card
    offered = ConversationState(last=dataclasses.replace(offer.last, offered=offer.card.choices))
    yield "which", answer.which(shipped, offered, language).card
    again = ConversationState(last=LastExchange(unknowns=1))
    for name, state in (("unknown", ConversationState()), ("unknown-again", again)):
        yield name, answer.unknown(shipped, message, state, near, language).card
    for id_, entry in shipped.knowledge.entries.items():
        yield (
            f"answer-{id_}",
            with_facts(shipped, entry_card(shipped, entry, language, today=NOW.date()), NOW),
        )


def announcements(shipped, language):
    """The cards that go out by themselves."""
    meeting = next(shipped.calendar.meetings(NOW, NOW + timedelta(days=60)))
    later = meeting.local + timedelta(days=7)
    moved = Change(meeting.date, later, Text("vakantie", "holidays"))
    cancelled = Change(meeting.date, None, Text("zomerreces", "recess"))
    yield (
        "reminder",
        reminders.reminder(
            shipped, meeting, language, Place.PERSONAL, today=meeting.date - timedelta(days=1)
        ),
    )
    for name, changed in (
        (
            "moved",
            dataclasses.replace(
                meeting, change=moved, local=later, starts=meeting.starts + timedelta(days=7)
            ),
        ),
        ("changed", dataclasses.replace(meeting, change=moved)),
        ("cancelled", dataclasses.replace(meeting, change=cancelled)),
        ("gone", None),
    ):
        yield name, reminders.correction(shipped, changed, language, meeting.local, Place.PERSONAL)
        yield (
            f"{name}-outdated",
            reminders.outdated(shipped, changed, language, meeting.local),
        )
    yield "back", reminders.correction(shipped, meeting, language, None, Place.CHANNEL)
