"""All checks of the content files before they are used."""

from collections.abc import Mapping
from datetime import datetime

from bot.content.reading import parse
from faq import entry_dates, readability
from faq.dates import ahead
from faq.errors import Problem, errors
from faq.files import Content
from faq.places import placed
from faq.search import audit
from faq.unlikely import unlikely


def check(raw: Mapping[str, bytes], now: datetime) -> tuple[Content, list[Problem]]:
    """Read the files, given as name → content, and check the whole.

    Returns:
        The content, and the problems of the files by themselves, of the dates, and of what the
        search makes of them.
    """
    content, problems = parse(raw)
    usable = not errors(problems)
    problems += entry_dates.problems(content.knowledge, now.date())
    problems += [*ahead(content.calendar, now), *unlikely(content.calendar, now)]
    problems += readability.problems(content.knowledge)
    if usable:
        problems += audit.problems(content)
    return content, placed(problems, raw)
