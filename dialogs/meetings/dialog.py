"""The dialog about the meetings: what was asked, of which meetings, on one card."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.card import Card, Choice, Link
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices, meeting_facts, meeting_links, meeting_time, meeting_title
from dialogs.meetings.answers import About, answers, asks_whether, when
from dialogs.meetings.asked import Asked, read
from dialogs.meetings.chosen import YEAR, Chosen, choose
from dialogs.meetings.grammar import grammar
from dialogs.meetings.overview import by_month
from dialogs.meetings.phrases import changed_words, period_words
from dialogs.values import ConversationState, Message, Reply, Request
from faq.language import DEFAULT, Language
from faq.meetings import Meeting
from faq.tokens import folded

ENTRIES_ANSWER = frozenset({"often", "long", "online", "onsite"})
"""What entries of the community answer in general; of one meeting it is answered here."""
OTHERS = 2
"""Changed meetings that are named beside the one that was asked for."""
LISTED, LISTED_ALL = 6, 24
"""Meetings on a card, and where all are asked for; a card holds no more than 28 kB."""


def meetings(context: Context, request: Request) -> Reply:
    """What was asked about the meetings: one of them, several, or the next."""
    message, language = request.message, request.language
    asked = Asked() if request.exact else _without_guess(_read(context, message))
    shown = None if request.exact else context.calendar.find(request.state.last.meeting)
    chosen = choose(context.calendar, asked, message.at, shown)
    answer = _Answer(context, language, asked, chosen, message.at)
    reply = command_reply(context, request, answer.card(request.state))
    # Of a list the first that is held: enough to read `en hoe laat?` against.
    about = next((m for m in chosen.meetings if m.held), None) or chosen.following
    key = chosen.meetings[0].key if len(chosen.meetings) == 1 else about.key if about else ""
    return replace(reply, last=replace(reply.last, meeting=key))


def _without_guess(asked: Asked) -> Asked:
    """The question; of `is er koffie` it is not known what of the meeting is asked."""
    guessed = asked.unread and asked.topics == ("held",) and not asked.strong
    return replace(asked, topics=()) if guessed else asked


def asks(context: Context, message: Message, state: ConversationState) -> Language | None:
    """The language of a question that is about the meetings beyond doubt; None for any other message.

    Every word of it must be one that asks about meetings. What entries of the community answer
    (how often, how long, whether online) is left to them, unless a meeting was shown before.
    """
    # A cheap look first: most messages are about something else.
    near = bool(state.last.meeting) or grammar(context.texts).has("gate", folded(message.text))
    asked = _read(context, message) if near else None
    if asked is None or asked.unread or not _certain(asked, state):
        return None
    return asked.language or state.last.language or DEFAULT


def _certain(asked: Asked, state: ConversationState) -> bool:
    """Whether a question of which every word was read is about meetings."""
    topics = set(asked.topics)
    if state.last.meeting and (asked.period or asked.afterwards or topics):
        return True
    if ENTRIES_ANSWER & topics and asked.period is None and asked.order is None:
        return False
    named = asked.period is not None or asked.order is not None
    # `hoe geef ik me op voor de volgende sessie`, `ik kan 8 december niet` ask something else.
    wishes = asked.wishes and (asked.negated or asked.period is None)
    which = bool(topics) or (named and not wishes)
    loose = asked.loose and not state.last.question
    return asked.strong or loose or (asked.noun and which)


def _read(context: Context, message: Message) -> Asked:
    return read(grammar(context.texts), message.text, context.day(message.at))


class _Answer:
    """The card for one question."""

    def __init__(
        self, context: Context, language: Language, asked: Asked, chosen: Chosen, now: datetime
    ) -> None:
        self._context, self._language, self._now = context, language, now
        self._asked, self._chosen = asked, chosen

    def card(self, state: ConversationState) -> Card:
        """What is true of the meetings that were asked for, shortest first."""
        some = self._chosen.meetings
        if not some:
            card = self._none()
        elif self._chosen.several:
            card = self._several(some)
        else:
            card = self._one(some[0])
        subscribed = state.subscription is not None and state.subscription.active
        ids = ["@status" if subscribed else "@subscribe"]
        return replace(card, choices=(*card.choices, *choices(self._context, ids, self._language)))

    def _say(self, key: str, **values: object) -> str:
        return self._context.texts.get(self._language, f"meetings.{key}", **values)

    def _none(self) -> Card:
        """Nothing lies where it was looked for."""
        asked, title, text = self._asked, "none_title", "none_text"
        if asked.period and asked.relation == "in":
            over = asked.period.last < self._context.day(self._now)
            whether = asks_whether(asked.topics) and not asked.negated
            title = "no_title" if whether or asked.period.bare else "none_then_title"
            text = "none_was" if over else "none_then"
        elif asked.past:
            title, text = "none_yet_title", "none_yet"
        elif asked.period or asked.afterwards:
            text = "no_other"
        period = asked.period and period_words(self._context, asked.period, self._language)
        lines = [self._say(text, period=period)]
        if self._chosen.following:
            lines.append(self._following())
        return Card(
            language=self._language,
            title=self._say(title),
            text="\n\n".join(lines),
            choices=self._ways(),
        )

    def _following(self) -> str:
        """When the next one is that is held."""
        following = self._chosen.following
        if following is None:
            return self._say("no_other")
        return self._say("following", when=meeting_time(self._context, following, self._language))

    def _one(self, meeting: Meeting) -> Card:
        context, language = self._context, self._language
        about = About(context, language, meeting, self._asked, self._now)
        some = answers(about)
        if not some:
            return self._plain(about)
        texts = list(dict.fromkeys(text for _, text in some))
        if len(context.calendar.series) > 1:
            texts.insert(0, f"**{meeting_title(meeting, language)}**")
        if meeting.cancelled:
            texts.append(self._following())
        texts += self._others_changed(meeting)
        held = about.state in ("held", "moved")
        return Card(
            language=language,
            title=some[0][0],
            text="\n\n".join(texts),
            links=meeting_links(context, meeting, language) if held else (),
            choices=self._ways(),
        )

    def _others_changed(self, meeting: Meeting) -> list[str]:
        """Where it is asked of no meeting by name whether it was moved or is off: which others are."""
        if self._asked.period or not {"moved", "off"} & set(self._asked.topics):
            return []
        coming = self._context.calendar.meetings(self._now, self._now + YEAR)
        changed = [one for one in coming if (one.moved or one.cancelled) and one != meeting]
        return [changed_words(self._context, one, self._language) for one in changed[:OTHERS]]

    def _plain(self, about: About) -> Card:
        """A meeting that was only named: all that is known of it."""
        context, language, meeting = self._context, self._language, about.meeting
        lines = [changed_words(context, skipped, language) for skipped in self._skipped(meeting)]
        is_next = not self._asked.period and not self._asked.past and not self._asked.afterwards
        title, sentence = when(about)
        lines.append(about.say("next") if is_next else sentence)
        if meeting.moved:
            lines.append(changed_words(context, meeting, language))
        return Card(
            language=language,
            title=meeting_title(meeting, language) if is_next else title,
            text="\n\n".join(lines),
            facts=meeting_facts(context, meeting, language),
            links=meeting_links(context, meeting, language) if about.state != "past" else (),
            choices=self._ways(),
        )

    def _skipped(self, meeting: Meeting) -> list[Meeting]:
        """The meetings before the next that are cancelled: who counts on one must not be left to guess."""
        if self._asked.period or self._asked.order or self._asked.past:
            return []
        coming = self._context.calendar.meetings(self._now, meeting.starts)
        return [one for one in coming if one.cancelled]

    def _several(self, some: Sequence[Meeting]) -> Card:
        asked, held = self._asked, sum(meeting.held for meeting in some)
        everything = asked.period is not None or {"all", "count"} & set(asked.topics)
        listed = some[: LISTED_ALL if everything else LISTED]
        period = self._say("period.coming")
        title = self._say("coming_title")
        if asked.period:
            period = period_words(self._context, asked.period, self._language, asked.relation)
            title = self._say("list_title", period=f" {period}")
        if "count" in asked.topics or "held" in asked.topics:
            whether = "count" if "count" in asked.topics else "some" if held else "all_off"
            title = self._say(f"{whether}_title", count=held, period=period)
        lines = [by_month(self._context, listed, self._language)]
        lines.append(self._say("tap"))
        if len(listed) < len(some):
            lines.append(self._say("first_of", shown=len(listed), count=len(some)))
        feed = self._context.feed_url
        return Card(
            language=self._language,
            title=title,
            text="\n\n".join(lines),
            links=(Link(self._say("feed"), feed),) if feed else (),
            choices=self._ways(everything=len(listed) < len(some)),
        )

    def _ways(self, *, everything: bool = False) -> tuple[Choice, ...]:
        """What can be asked next: every date after a part of them, else the coming ones."""
        if self._chosen.several and not everything:
            return choices(self._context, ["@meetings"], self._language)
        name = "every" if everything else "all"
        return (Choice(self._say(name), self._say(f"{name}_says")),)
