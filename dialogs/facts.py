"""Facts in an answer: `{facts.meetings}` is what `meetings.toml` says at that moment, so it cannot be untrue."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from dialogs.card import Card
from dialogs.context import Context
from dialogs.format import day
from dialogs.meetings.chosen import YEAR
from dialogs.meetings.phrases import series_words
from faq.facts import named
from faq.language import Language
from faq.meetings import Meeting, Series


def with_facts(context: Context, card: Card, now: datetime) -> Card:
    """The card with every fact that its text asks for, as it is `now` (UTC)."""
    names = named(card.text)
    if not names:
        return card
    text = card.text
    for name in names & FACTS.keys():
        text = text.replace(f"{{facts.{name}}}", FACTS[name](context, card.language, now))
    return replace(card, text=text)


def _meetings(context: Context, language: Language, now: datetime) -> str:
    """Of each series how often, when and where it is held, and when the next one is."""
    lines = [
        series_words(context, series, next_held(context, series, now), language)
        for series in context.calendar.series
    ]
    return "\n\n".join(lines) or context.texts.get(language, "meetings.facts.none")


def _agenda(context: Context, language: Language, now: datetime) -> str:
    """What is on the agenda of each series that goes on."""
    running = [one for one in context.calendar.series if next_held(context, one, now)]
    agendas = [series.agenda.in_(language) for series in running]
    lines = [f"*{agenda}*" for agenda in dict.fromkeys(agendas) if agenda]
    return "\n\n".join(lines) or context.texts.get(language, "meetings.facts.no_agenda")


def _answers(context: Context, _language: Language, _now: datetime) -> str:
    return str(len(context.knowledge.entries))


def _themes(context: Context, _language: Language, _now: datetime) -> str:
    return str(len(context.knowledge.themes()))


def _read(context: Context, language: Language, _now: datetime) -> str:
    """The last day on which the sources of an answer were read."""
    return day(context, max(one.read for one in context.knowledge.entries.values()), language)


def _questions_days(context: Context, _language: Language, _now: datetime) -> str:
    """For how many days an unanswered question is kept: a setting, which the texts carry."""
    return context.texts.fill("{keep_questions_days}")


def next_held(context: Context, series: Series, now: datetime) -> Meeting | None:
    """The next meeting of a series that is held."""
    coming = context.calendar.meetings(now, now + YEAR)
    return next((one for one in coming if one.series.id == series.id and one.held), None)


FACTS: Mapping[str, Callable[[Context, Language, datetime], str]] = {
    "meetings": _meetings,
    "agenda": _agenda,
    "answers": _answers,
    "themes": _themes,
    "read": _read,
    "questions_days": _questions_days,
}
"""What fills each name of `faq.facts.NAMES`."""
