"""What is said of one meeting, for each thing that can be asked of it: a short answer, and a sentence."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.context import Context
from dialogs.facts import next_held
from dialogs.format import clock_time, meeting_time, weekday_day
from dialogs.meetings.asked import Asked
from dialogs.meetings.phrases import changed_words, duration_words, hours_words, rhythm_words
from dialogs.meetings.places import kind_of_place
from faq.language import Language
from faq.meetings import Meeting

WHETHER = ("why", "moved", "off", "held")
"""What asks whether and why a meeting is held; the first counts where several stand in a question."""
BESIDE = frozenset({*WHETHER, "all", "count"})
"""With anything else `is er` and `komen we` only lead in what is asked: `is er een link`."""


def asks_whether(topics: Collection[str]) -> bool:
    """Whether yes or no is asked, or why."""
    certain = set(topics) & {"why", "moved", "off"}
    return bool(certain) or ("held" in topics and set(topics) <= BESIDE)


@dataclass(frozen=True, slots=True)
class About:
    """One meeting, the question about it, and in what words to answer."""

    context: Context
    language: Language
    meeting: Meeting
    asked: Asked
    now: datetime

    def say(self, key: str, **values: object) -> str:
        """A text of the meetings with what is known of this one filled in."""
        context, meeting, language = self.context, self.meeting, self.language
        known: dict[str, object] = {
            "day": weekday_day(context, meeting.local, language),
            "when": meeting_time(context, meeting, language),
            "start": clock_time(context, meeting.local, language),
            "end": clock_time(context, context.calendar.local(meeting.ends), language),
            "hours": hours_words(context, meeting, language),
            "place": meeting.series.location,
            "duration": duration_words(context, meeting.series.duration, language),
            "often": rhythm_words(context, meeting.series, language),
        }
        text = context.texts.get(language, f"meetings.{key}", **(known | values))
        return text[:1].upper() + text[1:]

    @property
    def state(self) -> str:
        """What became of the meeting: cancelled, past, moved or held."""
        if self.meeting.cancelled:
            return "cancelled"
        if self.meeting.ends <= self.now:
            return "past"
        return "moved" if self.meeting.moved else "held"


def whether(about: About) -> tuple[str, str]:
    """Yes or no, and when it is instead or why not."""
    topics, state, period = about.asked.topics, about.state, about.asked.period
    question = next((topic for topic in WHETHER if topic in topics), "plain")
    if question == "held" and about.asked.negated:
        question = "plain"
    elif question == "held" and state == "moved" and period:
        # Asked for the day that it had, or for the day that it has now.
        days = (about.meeting.date, about.meeting.local.date())
        before, now = (period.first <= day <= period.last for day in days)
        state = "away" if not now else state if before else "held"
    title = about.say(f"is.{question}_{state}")
    change = about.meeting.change
    if change and (about.meeting.cancelled or about.meeting.moved):
        text = changed_words(about.context, about.meeting, about.language)
        if question == "why" and not change.reason.in_(about.language):
            text = f"{text} {about.say('no_reason')}"
        return title, text
    return title, about.say("was_on" if state == "past" else "stands")


def when(about: About) -> tuple[str, str]:
    """On which day and at what time."""
    return about.say("answer.day"), about.say("was_on" if about.state == "past" else "is_on")


def _time(about: About) -> tuple[str, str]:
    if about.asked.clock:
        right = about.asked.clock == f"{about.meeting.local:%H:%M}"
        return about.say("answer.time_right" if right else "answer.time_wrong"), about.say(
            "answer.time"
        )
    return about.say("answer.time_title"), about.say("answer.time")


def _long(about: About) -> tuple[str, str]:
    return about.say("answer.long_title"), about.say("answer.long")


def _where(about: About) -> tuple[str, str]:
    if not about.meeting.series.location:
        return about.say("answer.no_place_title"), about.say("answer.no_place")
    return about.say("answer.place_title"), about.say("answer.place")


def _online(about: About) -> tuple[str, str]:
    kind = kind_of_place(about.meeting.series)
    if kind == "unknown":
        return _where(about)
    both_asked = {"online", "onsite"} <= set(about.asked.topics) or about.asked.negated
    question = "either" if both_asked else "onsite" if "onsite" in about.asked.topics else "online"
    return about.say(f"answer.{question}_{kind}"), about.say("answer.place")


def _link(about: About) -> tuple[str, str]:
    if not about.meeting.series.url:
        return about.say("answer.no_link_title"), about.say("answer.no_link")
    return about.say("answer.link_title"), about.say("answer.link")


def _agenda(about: About) -> tuple[str, str]:
    agenda = about.meeting.series.agenda.in_(about.language)
    if not agenda:
        return about.say("answer.no_agenda_title"), about.say("answer.no_agenda")
    return about.say("answer.agenda_title"), about.say("answer.agenda", agenda=agenda)


def _calendar(about: About) -> tuple[str, str]:
    feed = f" {about.say('answer.calendar_feed')}" if about.context.feed_url else ""
    return about.say("answer.calendar_title"), about.say("answer.calendar") + feed


def _sure(about: About) -> tuple[str, str]:
    return about.say("answer.sure_title"), about.say("answer.sure")


def _often(about: About) -> tuple[str, str]:
    """How often, and the next one from now, whichever was shown before."""
    following = next_held(about.context, about.meeting.series, about.now)
    about = replace(about, meeting=following or about.meeting)
    return about.say("answer.often_title"), about.say("answer.often")


ANSWERS: dict[str, Callable[[About], tuple[str, str]]] = {
    "time": _time,
    "long": _long,
    "where": _where,
    "online": _online,
    "onsite": _online,
    "link": _link,
    "agenda": _agenda,
    "calendar": _calendar,
    "often": _often,
    "sure": _sure,
    "when": when,
}
"""What answers each topic besides whether it is held."""


def answers(about: About) -> list[tuple[str, str]]:
    """The answers to all that was asked, each once; none where only a meeting was named."""
    topics = about.asked.topics
    first = [whether(about)] if about.meeting.cancelled or asks_whether(topics) else []
    if about.meeting.cancelled:
        return first
    makers = dict.fromkeys(ANSWERS[topic] for topic in topics if topic in ANSWERS)
    some = [make(about) for make in makers if not (first and make is when)]
    return [*first, *some]
