"""How one occurrence of a series differs from what its rule and its series say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from faq.language import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What one occurrence has otherwise than its series; None where it has the same."""

    title: Text | None = None
    location: str | None = None
    url: str | None = None
    duration: timedelta | None = None
    agenda: Text | None = None

    def values(self) -> dict[str, Any]:
        """The fields of `Series` that differ."""
        return {
            name: value for name in self.__slots__ if (value := getattr(self, name)) is not None
        }


@dataclass(frozen=True, slots=True)
class Change:
    """How one occurrence differs: it is on another day, it has other details, or it is not held."""

    date: date
    moved_to: datetime | None
    reason: Text
    details: Details = Details()

    @property
    def cancelled(self) -> bool:
        """Neither held on its day nor on another, nor otherwise."""
        return self.moved_to is None and not self.details.values()
