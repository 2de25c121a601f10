"""What a reply asks the store to do, in one transaction: the dialogs decide, the store carries out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from faq.language import Language

QUESTION_KEPT = 500
"""Characters of an unanswered question that are kept; longer ones are rarely questions."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Subscribe this conversation; None keeps the leads of each series, or what was chosen before."""

    leads: tuple[timedelta, ...] | None = None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """No more reminders, also not those already queued."""


@dataclass(frozen=True, slots=True)
class ChooseLeads:
    """From now on these leads, None for those of each series; a pause stays as it is."""

    leads: tuple[timedelta, ...] | None


@dataclass(frozen=True, slots=True)
class Pause:
    """No reminders until `until` (UTC)."""

    until: datetime
    begins: datetime | None = None
    """UTC; None for at once."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Put back how the reminders were before the change of that moment (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Answer in this language until another is chosen."""

    language: Language


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Remove everything that is stored about this member and this conversation."""


@dataclass(frozen=True, slots=True)
class KeepUnanswered:
    """Keep a question that could not be answered, without who asked."""

    question: str

    @classmethod
    def of(cls, text: str) -> tuple["KeepUnanswered", ...]:
        """Keep what somebody wrote, cut to what is kept; nothing where it is empty."""
        return (cls(text[:QUESTION_KEPT]),) if text else ()


Wish = Subscribe | Unsubscribe | ChooseLeads | Pause
"""What changes somebody's reminders, and can be undone."""
OtherChange = Undo | ChooseLanguage | ForgetMe | KeepUnanswered
Change = Wish | OtherChange
