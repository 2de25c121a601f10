"""The cards of a talk that are no command's own: what is asked first, forms, small talk, asking on, what goes wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dialogs import answer, conversation, entry_card, follow_up, trouble
from dialogs.commands import COMMANDS
from dialogs.excerpts import excerpt_of
from dialogs.subject import FollowUp
from dialogs.values import (
    ConversationState,
    LastExchange,
    Message,
    PendingQuestion,
    Place,
    Spoken,
    Subscription,
    Undoable,
)
from faq.entries import Check
from faq.language import Text
from faq.search.result import Match, SearchResult
from faq.sentences import joined

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OFF, ON = Subscription(active=False), Subscription(active=True)
PAUSED = replace(ON, paused_until=NOW + timedelta(days=30))
LATER = replace(PAUSED, paused_from=NOW + timedelta(days=10))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

SAID = (
    (OFF, "aanmelden", "subscribe"),
    (OFF, "stop", "stop"),
    (OFF, "pauze", "pause"),
    (OFF, "mijn herinneringen", "my reminders"),
    (OFF, "niet een dag van tevoren", "not a day before"),
    (PAUSED, "aanmelden", "subscribe"),
    (PAUSED, "mijn herinneringen", "my reminders"),
    (LATER, "mijn herinneringen", "my reminders"),
    (ON, "haal de pauze weg", "remove the pause"),
    (ON, "een week, een dag en een uur van tevoren", "a week, a day and an hour before"),
    (ON, "pauze tot 1 januari", "pause until 1 January"),
    (ON, "ook twee dagen, drie dagen, vier dagen, vijf dagen en zes dagen van tevoren",
     "also two days, three days, four days, five days and six days before"),
    (ON, "ongedaan maken", "undo"),
    (ON, "niet een week, een dag en een uur van tevoren", "not a week, a day and an hour before"),
    (ON, "?!", "?!"),
    (ON, "waar staat dat", "where does it say that"),
    (ON, "nee, verwijder niets", "no, remove nothing"),
    (ON, "ja, verwijder alles", "yes, remove everything"),
    (ON, "dat is geen antwoord op mijn vraag", "that did not help me"),
    (ON, "ongedaan maken 1-1-2026 10:00:00", "undo 1-1-2026 10:00:00"),
)  # fmt: skip
"""What somebody says who has, or has not, reminders: in Dutch and in English."""


def talk_cards(shipped, language):
    """The name and the card of each, in a language."""
    yield from _said(shipped, language)
    yield from _asked_on(shipped, language)
    yield from _wrong(shipped, language)


def state_of(language, **known):
    last = known.pop("last", LastExchange())
    last = replace(last, at=NOW, language=language, spoken=Spoken(language))
    return ConversationState(last=last, **known)


def in_language(pair, language):
    return pair[language == "en"]


def card_of(context, text, state, place=Place.PERSONAL, *, pressed=False, now=NOW):
    message = Message(text=text, at=now, place=place, pressed=pressed)
    return conversation.respond(context, message, state).card


def _said(context, language):
    for n, (subscription, *pair) in enumerate(SAID):
        state = state_of(language, subscription=subscription)
        for place in (Place.PERSONAL, Place.GROUP):
            text = in_language(pair, language)
            yield f"said-{n}-{text[:30]}-{place}", card_of(context, text, state, place)
    for because in ("blocked", "disabled", "uninstalled", "removed"):
        state = state_of(language, subscription=replace(OFF, ended_because=because))
        text = in_language(("mijn herinneringen", "my reminders"), language)
        yield f"ended-{because}", card_of(context, text, state)
    undo = context.texts.get_list(language, "undo.words")[0]
    for name, before in (("on", ON), ("off", OFF)):
        state = state_of(language, subscription=ON, undoable=Undoable(NOW, before))
        yield f"undone-{name}", card_of(context, undo, state)
    mine = in_language(("mijn gegevens", "my data"), language)
    yield "all-my-data", card_of(context, mine, state_of(language, stored=STORED))
    yield (
        "many-topics",
        card_of(
            _many_themes(context),
            in_language(("onderwerpen", "topics"), language),
            state_of(language),
        ),
    )
    waits = LastExchange(pending=PendingQuestion("pause-until", language))
    state = state_of(language, subscription=ON, last=waits)
    yield "pause-again", card_of(context, in_language(("pauze", "pause"), language), state)


def _many_themes(context):
    """The content with more themes than a card has room for."""
    first = next(iter(context.knowledge.entries.values()))
    entries = {
        f"{n}": replace(first, id=f"{n}", theme=Text(f"Thema {n}", f"Theme {n}")) for n in range(30)
    }
    return replace(context, knowledge=replace(context.knowledge, entries=entries))


STORED = (
    ("id", "29:anna, a:anna"),
    ("address", "https://smba.example.net"),
    ("language", "nl"),
    ("welcomed_at", NOW.isoformat()),
    ("seen_at", NOW.date().isoformat()),
    ("undo", NOW.isoformat()),
    ("active", ""),
    ("ended", ""),
    ("since", NOW.isoformat()),
    ("paused_from", NOW.isoformat()),
    ("paused_until", NOW.isoformat()),
    ("ended_because", "blocked"),
    ("leads", "1d"),
    ("deliveries", "2026-11-24"),
)
"""All that may be kept of a member, in the words of the store."""


def _asked_on(context, language):
    """What is said to who asks on about an answer, and around it."""
    first, second, *_ = context.knowledge.entries.values()
    near = (Match(second.id, 0.6),)
    on = FollowUp(about=first, language=language)
    part = excerpt_of(
        replace(context, near=None),
        in_language(("leveranciers", "suppliers"), language),
        first,
        language,
    )
    explain = in_language(("leg eens uit", "please explain"), language)
    more = in_language(("wat precies", "what exactly"), language)
    for name, text, asked in (
        ("near", "?", replace(on, near=near, next=near[0])),
        ("perhaps", "?", replace(on, near=near, offered=near)),
        ("nothing", "?", on),
        ("nowhere", in_language(("waar koop ik dat", "where do I buy that"), language), on),
        ("explained", explain, on),
        ("more", more, on),
        ("all", "?", replace(on, excerpt=part, told=joined(part.sentences))),
        ("partly", "?", replace(on, excerpt=part)),
    ):
        reply = follow_up.reply(context, Message(text=text, at=NOW), asked)
        yield f"asked-on-{name}", reply.card
    message = Message(text="?", at=NOW)
    for name, about in (("some", first), ("none", replace(first, sources=()))):
        yield f"sources-{name}", follow_up.sources(context, message, about, language).card
    told = follow_up.sources(context, message, first, language).last.told
    yield "sources-again", follow_up.sources(context, message, first, language, told).card
    for foreign in ("fr", "de"):
        result = SearchResult("suggest", near, language, foreign=foreign)
        yield (
            f"suggest-{foreign}",
            answer.suggest(context, message, state_of(language), result, language).card,
        )
    also = SearchResult("answer", (Match(first.id, 1.0),), language, also=second.id)
    yield "also", answer.answer(context, message, also, language).card
    for name, entry, today in (
        ("overdue", first, first.review_by + DAY),
        ("checked", replace(first, check=Check(NOW.date(), "Sanne")), NOW.date()),
    ):
        yield f"answer-{name}", entry_card.entry_card(context, entry, language, today=today)


def _wrong(context, language):
    """Where something is missing: no content, nothing learned yet, a store that cannot be used."""
    starting = replace(context, search=None)
    empty = replace(starting, knowledge=replace(context.knowledge, entries={}))
    question, state = (
        "Wat kost dat?" if language == "nl" else "What does it cost?",
        state_of(language),
    )
    yield "starting", card_of(starting, question, state)
    yield "help-without-content", card_of(starting, "help", state)
    yield "no-content", card_of(empty, question, state)
    yield "no-topics", card_of(empty, in_language(("onderwerpen", "topics"), language), state)
    for text in (("help", "help"), ("stop", "stop"), ("aanmelden", "subscribe")):
        message = Message(text=in_language(text, language), at=NOW)
        reply = conversation.respond(context, message, state)
        yield f"unkept-{text[0]}", trouble.without_store(context, reply, COMMANDS).card
        yield f"too-many-{text[0]}", trouble.too_many(context, reply).card
