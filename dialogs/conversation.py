"""Who answers: the first dialog that recognises the message."""

import re
from dataclasses import replace

from dialogs import answer, meetings, privacy, smalltalk, subscription
from dialogs.context import House
from dialogs.values import COMMANDS, Card, Known, Language, Message, Outcome, Recent, Reply
from faq.search.result import Found

QUESTION_MAX = 2_000
"""Characters of a message that are looked at; what comes after is rarely the question."""

CHANGES = frozenset({"subscribe", "unsubscribe", "pause"})
SURE = 0.7
"""What changes reminders must be surer than other commands; else the member is asked. Forgetting always asks."""
KEPT = frozenset(
    {"subscribe", "unsubscribe", "pause", "status", "my-data", "forget-me", "language"}
)
"""Commands that need what is stored: without it, they would say what is not so."""


def respond(house: House, message: Message, known: Known) -> Reply:
    """One message in, one card out. Never raises, whatever was typed."""
    text = message.text.strip()[:QUESTION_MAX]
    said = Message(text=text, at=message.at, place=message.place)
    if not re.search(r"\w", text) and text != "?":
        return _empty(house, known, known.language or "nl")
    exact = _exact(house, text)
    if exact:
        command, language = exact
        return _command(house, said, known, command, known.language or language, sure=True)
    asked_in = subscription.answers_when(house, said, known)
    if asked_in:
        return subscription.pause(house, said, known, known.language or asked_in)
    if house.search is None:
        return _resting(house, said, known)
    found = house.search.search(text, previous=known.recent.question)
    language = known.language or found.language
    best, score = (found.matches[0].id, found.matches[0].score) if found.matches else ("", 0.0)
    if found.zone == "answer" and best.startswith("@"):
        if best[1:] in CHANGES and _doubtful(found):
            return answer.suggest(house, said, found, language)
        reply = _command(house, said, known, best[1:], language)
        return replace(reply, outcome=replace(reply.outcome, score=score))
    if found.zone == "answer":
        return answer.answer(house, said, found, language)
    if found.zone == "suggest":
        return answer.suggest(house, said, found, language)
    return answer.unknown(house, said, known, found, language)


def _doubtful(found: Found) -> bool:
    """Whether another command is half as likely: `zet mij op de lijst` and `haal mij van de lijst` are near."""
    first, *others = found.matches
    near = any(m.id.startswith("@") and m.score > first.score / 2 for m in others)
    return first.score < SURE or near


def _exact(house: House, text: str) -> tuple[str, Language] | None:
    """A command said in the very words of the texts; works without any content."""
    said = " ".join(re.findall(r"[\w'?]+", text.casefold())) if text != "?" else text
    said = said.rstrip("?").strip() or text
    for theme_word in ("onderwerpen ", "topics "):
        if said.startswith(theme_word) and _names_topics(house, said.removeprefix(theme_word)):
            return "topics", "nl" if theme_word == "onderwerpen " else "en"
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        for command in COMMANDS:
            if said in house.words.listed(language, f"exact.{command}"):
                return command, language
    return None


def _names_topics(house: House, rest: str) -> bool:
    plain = " ".join(re.findall(r"\w+", rest))
    names = {
        " ".join(re.findall(r"\w+", name.casefold()))
        for t in house.knowledge.themes()
        for name in (t.nl, t.en)
    }
    return rest.isdigit() or plain in names


def _command(
    house: House,
    message: Message,
    known: Known,
    command: str,
    language: Language,
    *,
    sure: bool = False,
) -> Reply:
    """Carry out a command; `sure` when it was said in the very words of the texts."""
    match command:
        case "forget-me":
            return privacy.forget_me(house, message, known, language, sure=sure)
        case "topics":
            return smalltalk.topics(house, message, known, language)
        case "language":
            return smalltalk.language(house, message, known, language)
        case "subscribe":
            return subscription.subscribe(house, message, known, language)
        case "unsubscribe":
            return subscription.unsubscribe(house, message, known, language)
        case "pause":
            return subscription.pause(house, message, known, language)
        case "status":
            return subscription.status(house, message, known, language)
        case "meetings":
            return meetings.meetings(house, message, known, language)
        case "my-data":
            return privacy.my_data(house, message, known, language)
        case _:
            return smalltalk.plain(house, message, known, command, language)


def _empty(house: House, known: Known, language: Language) -> Reply:
    card = Card(
        language=language,
        title=house.words.say(language, "empty.title"),
        text=house.words.say(language, "empty.text"),
        choices=answer.choices(house, language, ["@help", "@topics"]),
    )
    return Reply(card=card, outcome=Outcome(kind="unknown", language=language), recent=known.recent)


def _resting(house: House, message: Message, known: Known) -> Reply:
    language: Language = known.language or "nl"
    card = Card(
        language=language,
        title=house.words.say(language, "resting.title"),
        text=house.words.say(language, "resting.text"),
        choices=answer.choices(house, language, ["@help", "@unsubscribe"]),
    )
    return Reply(
        card=card, outcome=Outcome(kind="unknown", language=language), recent=Recent(at=message.at)
    )


def failed(house: House, language: Language, reference: str) -> Card:
    """What a member sees when something breaks on our side: friendly, with a reference."""
    return Card(
        language=language,
        title=house.words.say(language, "broken.title"),
        text=house.words.say(language, "broken.text"),
        note=house.words.say(language, "broken.note", reference=reference),
        choices=answer.choices(house, language, ["@help", "@human"]),
    )


def without_store(house: House, reply: Reply) -> Reply:
    """The same reply where nothing can be kept or looked up: no promise that will not be held."""
    language, command = reply.card.language, reply.outcome.command
    if command == "help":
        note = f"{house.words.say(language, 'unkept.note')} {reply.card.note}".strip()
        return replace(reply, card=replace(reply.card, note=note), changes=())
    if command not in KEPT:
        return replace(reply, changes=())
    card = Card(
        language=language,
        title=house.words.say(language, "unkept.title"),
        text=house.words.say(
            language, "unkept.stop" if command == "unsubscribe" else "unkept.text"
        ),
        choices=answer.choices(house, language, ["@help", "@human"]),
    )
    return replace(reply, card=card, changes=(), recent=Recent())


def late(house: House, language: Language) -> Card:
    """What a member sees when a turn is cut off."""
    return Card(
        language=language,
        title=house.words.say(language, "late.title"),
        text=house.words.say(language, "late.text"),
        choices=answer.choices(house, language, ["@help", "@human"]),
    )
