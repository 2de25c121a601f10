"""Everything that can be said of the content files before they are used."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from faq import readability as b1
from faq.dates import ahead
from faq.errors import Problem, errors
from faq.files import parse
from faq.knowledge import homes, overdue
from faq.search import audit


def all_problems(raw: Mapping[str, bytes], now: datetime) -> Iterator[Problem]:
    """Problems of the files by themselves, of the dates, and of what the search makes of them."""
    content, problems = parse(raw)
    yield from problems
    yield from overdue(content.knowledge, now.date())
    yield from ahead(content.calendar, now)
    yield from b1.problems(content.knowledge)
    if not errors(problems):
        yield from audit.problems(content, homes(raw))
