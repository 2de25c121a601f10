"""The meetings: when and where the next one is, the next six, and how to put them in a calendar."""

import re
from datetime import timedelta

from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import (
    choices,
    meeting_facts,
    meeting_line,
    meeting_links,
    meeting_reason,
    meeting_time,
    meeting_title,
)
from dialogs.values import Card, Choice, Link, Reply, Request
from faq.language import LANGUAGES, Language
from faq.meetings import Meeting

LISTED = 6
YEAR = timedelta(days=366)


def meetings(context: Context, request: Request) -> Reply:
    """The next meeting; the next six when more is asked for."""
    message, language = request.message, request.language
    coming = list(context.calendar.meetings(message.at, message.at + YEAR))
    if not coming:
        card = _none(context, language)
    elif _asks_more(context, message.text):
        card = _list(context, coming[:LISTED], language)
    else:
        card = _next(context, coming, language)
    return command_reply(context, request, card)


def _asks_more(context: Context, text: str) -> bool:
    """Whether more than the next meeting is asked for, in any language."""
    patterns = "|".join(context.texts.get(language, "meetings.more") for language in LANGUAGES)
    return re.search(rf"\b({patterns})\b", text, re.IGNORECASE) is not None


def _next(context: Context, coming: list[Meeting], language: Language) -> Card:
    texts = context.texts
    held = next((meeting for meeting in coming if not meeting.cancelled), None)
    skipped = [m for m in coming if m.cancelled and (held is None or m.starts < held.starts)]
    lines = [_change(context, meeting, language) for meeting in skipped]
    if held is None:
        text = "\n\n".join([*lines, texts.get(language, "meetings.no_other")])
        return Card(
            language=language,
            title=texts.get(language, "meetings.none_title"),
            text=text,
            choices=choices(context, ["@human", "@topics"], language),
        )
    lines.append(texts.get(language, "meetings.next", when=meeting_time(context, held, language)))
    if held.moved:
        lines.append(_change(context, held, language))
    return Card(
        language=language,
        title=meeting_title(held, language),
        text="\n\n".join(lines),
        facts=meeting_facts(context, held, language),
        links=meeting_links(context, held, language),
        choices=(
            Choice(texts.get(language, "meetings.all"), texts.get(language, "meetings.all_says")),
            *choices(context, ["@subscribe"], language),
        ),
    )


def _list(context: Context, coming: list[Meeting], language: Language) -> Card:
    texts = context.texts
    feed = (
        (Link(texts.get(language, "meetings.feed"), context.feed_url),) if context.feed_url else ()
    )
    return Card(
        language=language,
        title=texts.get(language, "meetings.list_title"),
        text="\n".join(f"- {meeting_line(context, meeting, language)}" for meeting in coming),
        links=feed,
        choices=choices(context, ["@meetings", "@subscribe"], language),
    )


def _none(context: Context, language: Language) -> Card:
    return Card(
        language=language,
        title=context.texts.get(language, "meetings.none_title"),
        text=context.texts.get(language, "meetings.none_text"),
        choices=choices(context, ["@subscribe", "@human"], language),
    )


def _change(context: Context, meeting: Meeting, language: Language) -> str:
    """That a meeting was moved or is cancelled, and why."""
    return context.texts.get(
        language,
        "meetings.is_cancelled" if meeting.cancelled else "meetings.is_moved",
        planned=meeting_time(context, meeting, language, planned=True),
        because=meeting_reason(context, meeting, language),
    )
