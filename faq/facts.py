"""What an answer may take from the calendar, the content and the settings instead of writing it down."""

import re

NAMES = frozenset({"meetings", "agenda", "answers", "themes", "read", "questions_days"})
"""`{facts.meetings}`: how often, when, how long, where, and the next; `{facts.agenda}`: of the next meeting;
`{facts.answers}`, `{facts.themes}`: how many there are; `{facts.read}`: the last day on which sources were read;
`{facts.questions_days}`: for how many days unanswered questions are kept."""
_FACT = re.compile(r"\{facts\.([^{}]*)\}")


def named(text: str) -> frozenset[str]:
    """The names of the facts that a text asks for, known or not."""
    return frozenset(_FACT.findall(text))
