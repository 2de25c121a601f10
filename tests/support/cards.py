"""Every kind of card that the bot can say, with the shipped content: for the linter and the renderer."""

import dataclasses
from datetime import UTC, datetime, timedelta

from bot.content.files import parse, read_files
from bot.content.live import LiveContent, read_texts
from bot.settings import read
from dialogs import answer, conversation, reminders, smalltalk
from dialogs.context import Context
from dialogs.format import entry_card
from dialogs.values import ConversationState, LastExchange, Message, Place, Subscription
from faq.language import Text
from faq.meetings import Change
from faq.search.result import Match, SearchResult
from tests.support import ROOT

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def context() -> Context:
    """The shipped content, without the training: these cards need no search."""
    content, _ = parse(read_files(ROOT / "faq" / "content")[0])
    settings = read({"CONTACT": "Sanne de Vries (cop@example.nl)"}, {}, ROOT)
    live = LiveContent(
        read_texts(ROOT, settings), "https://ladderbot.example.nl", ROOT / "data", None
    )
    return dataclasses.replace(
        live.context(), knowledge=content.knowledge, calendar=content.calendar
    )


def every_card() -> dict[str, object]:
    """Name → card."""
    found = {}
    all_ = context()
    subscribed = ConversationState(
        subscription=Subscription(active=True), stored=(("id", "29:anna, a:anna"),)
    )
    paused = ConversationState(
        subscription=Subscription(active=True, paused_until=NOW + timedelta(days=30)),
    )
    for place in Place:
        found[f"welcome-{place}"] = smalltalk.welcome(all_, place)
    for language, said in (
        ("nl", ("help", "onderwerpen", "onderwerpen certificering", "hallo", "bedankt", "mens",
                "nederlands", "aanmelden", "stop", "pauze", "mijn abonnement", "bijeenkomsten",
                "mijn gegevens", "vergeet mij")),
        ("en", ("help", "topics", "topics certification", "hello", "thanks", "human", "english",
                "subscribe", "unsubscribe", "pause", "my subscription", "meetings", "my data",
                "forget me")),
    ):  # fmt: skip
        for text in said:
            for place in (Place.PERSONAL, Place.CHANNEL):
                message = Message(text=text, at=NOW, place=place)
                reply = conversation.respond(all_, message, subscribed)
                assert reply.outcome.kind == "command", text
                found[f"{language}-{text}-{place}"] = reply.card
        message = Message(text="status", at=NOW)
        found[f"{language}-paused"] = conversation.respond(all_, message, paused).card
        message = Message(text="komende bijeenkomsten", at=NOW)
        near = SearchResult(
            "unknown", tuple(Match(id_, 0.1) for id_ in list(all_.knowledge.entries)[:3]), "nl"
        )
        found[f"{language}-suggest"] = answer.suggest(all_, message, near, language).card
        found[f"{language}-unknown"] = answer.unknown(
            all_, message, ConversationState(), near, language
        ).card
        again = ConversationState(last=LastExchange(unknowns=1))
        found[f"{language}-unknown-again"] = answer.unknown(
            all_, message, again, near, language
        ).card
        found[f"{language}-failed"] = conversation.failed(all_, language, "3f2a9c01")
        found[f"{language}-late"] = conversation.late(all_, language)
        for id_, entry in all_.knowledge.entries.items():
            found[f"{language}-answer-{id_}"] = entry_card(all_, entry, language, today=NOW.date())
        meeting = next(all_.calendar.meetings(NOW, NOW + timedelta(days=60)))
        moved = Change(
            meeting.date, meeting.local + timedelta(days=7), Text("vakantie", "holidays")
        )
        cancelled = Change(meeting.date, None, Text("zomerreces", "recess"))
        found[f"{language}-reminder"] = reminders.reminder(all_, meeting, language)
        for name, changed in (
            ("moved", dataclasses.replace(meeting, change=moved)),
            ("cancelled", dataclasses.replace(meeting, change=cancelled)),
            ("gone", None),
        ):
            found[f"{language}-{name}"] = reminders.correction(
                all_, changed, language, meeting.local
            )
        found[f"{language}-back"] = reminders.correction(all_, meeting, language, None)
    return found
