"""A question about the member's own reminders, and what is so of who asked it, in words."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.context import Context
from dialogs.format import day
from dialogs.meetings.chosen import likely_day
from dialogs.values import Request, Subscription
from dialogs.wishes import say
from dialogs.wishes.coming import AHEAD, next_sentence, none_any_more
from dialogs.wishes.fulfil import NOBODY, leads_of
from dialogs.wishes.questions import Question
from faq.language import Language
from faq.meetings import Meeting

ABOUT_MEETINGS = frozenset({"meetings"})
"""Commands after which the talk is about a meeting."""


@dataclass(frozen=True, slots=True)
class About:
    """A question, and what is so of whoever asked it."""

    context: Context
    request: Request
    question: Question

    @property
    def kept(self) -> Subscription:
        """What is stored of the reminders."""
        return self.request.state.subscription or NOBODY

    @property
    def active(self) -> bool:
        """Whether the reminders are on, in a pause too."""
        return self.kept.active

    @property
    def paused(self) -> bool:
        """Whether there is a pause now."""
        return self.active and self.kept.paused_at(self.request.message.at)

    @property
    def language(self) -> Language:
        """Of the reply."""
        return self.request.language

    @property
    def now(self) -> datetime:
        """When it was asked, UTC."""
        return self.request.message.at

    def say(self, key: str, **values: object) -> str:
        """A text about somebody's own reminders."""
        return self.context.texts.get(self.language, f"questions.{key}", **values)

    def day(self, value: datetime | None) -> str:
        """The day of a moment in words; empty where there is none."""
        local = self.context.calendar.local(value).date() if value else None
        return day(self.context, local, self.language) if local else ""

    def until(self) -> str:
        """That there is a pause, and until when."""
        return self.say("state_paused", until=self.day(self.kept.paused_until))

    def state(self) -> str:
        """What somebody gets, in a sentence."""
        place = self.request.message.place
        if not self.active:
            return say.for_whom(self.context, place, self.language, "status.none")
        return say.state_in_words(self.context, self.kept, self.now, place, self.language)

    def leads(self) -> str:
        """How long before a meeting the reminders come."""
        return say.leads_in_words(
            self.context, leads_of(self.kept, self.context.calendar), self.language
        )

    def coming(self) -> list[str]:
        """Which meeting comes without a reminder, and when the next one comes."""
        if not self.active:
            return []
        context, kept, now, language = self.context, self.kept, self.now, self.language
        return [
            none_any_more(context, kept, now, language),
            next_sentence(context, kept, now, language),
        ]

    def of_a_list(self) -> bool:
        """Whether somebody asks to be on a list after a meeting was shown: that of the meeting."""
        return self.question.registered and self.request.state.last.command in ABOUT_MEETINGS

    def not_registered(self) -> tuple[str, list[str]]:
        """Nobody is signed up for a meeting here; the reminders are another thing."""
        return self.say("not_registered_title"), [self.say("not_registered"), self.state()]

    def ways(self) -> list[str]:
        """The buttons that fit the state."""
        if not self.active:
            return ["@subscribe", "@meetings"]
        change = ["@unsubscribe"] if self.question.topic in ("nuisance", "ways") else []
        return [*change, "@subscribe" if self.paused else "@status", "@meetings"]

    def meeting(self) -> Meeting | None:
        """The first meeting of the period that was named, else the next one."""
        calendar = self.context.calendar
        shown = calendar.find(self.request.state.last.meeting)
        period = likely_day(calendar, self.question.period, self.now, shown)
        if period is None and shown and shown.ends > self.now:
            return shown
        some = [
            m
            for m in calendar.meetings(self.now, self.now + AHEAD)
            if (m.held if period is None else period.covers(m.local.date()))
        ]
        return next((m for m in some if m.held), some[0] if some else None)
