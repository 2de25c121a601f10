"""What an answer may take from the calendar instead of writing it down: the names, and where they stand."""

import re

NAMES = frozenset({"meetings", "agenda"})
"""`{facts.meetings}`: how often, when, how long, where, and the next; `{facts.agenda}`: of the next meeting."""
_FACT = re.compile(r"\{facts\.([^{}]*)\}")


def named(text: str) -> frozenset[str]:
    """The names of the facts that a text asks for, known or not."""
    return frozenset(_FACT.findall(text))
