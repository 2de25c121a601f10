"""What of the entries depends on the day on which one looks."""

from collections.abc import Iterator
from datetime import date

from faq.entries import Knowledge
from faq.errors import Problem


def problems(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """A warning for every entry that is due for a check, or has a date that cannot be true yet."""
    for entry in knowledge.entries.values():
        if entry.review_by <= today:
            what = f"dit antwoord moest voor {entry.review_by:%d-%m-%Y} worden nagekeken."
            mend = "kijk het na bij de bron: python app.py review"
            yield entry.problem("review_by", what, mend, warning=True)
        if entry.read > today:
            what = f"{entry.read:%d-%m-%Y} is nog niet geweest."
            mend = "schrijf de dag waarop de bronnen zijn gelezen."
            yield entry.problem("read", what, mend, warning=True)
        if entry.check and entry.check.on > today:
            what = f"{entry.check.on:%d-%m-%Y} is nog niet geweest."
            mend = "schrijf de dag waarop iemand het antwoord naast de bron hield."
            yield entry.problem("checked", what, mend, warning=True)
