"""What a reminder shows of a meeting besides its moment: who saw something else is owed a correction."""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from faq.meetings import Meeting


@dataclass(frozen=True, slots=True)
class Shown:
    """The name, the place, the link and the length of a meeting, as somebody saw them."""

    title: str
    """In Dutch."""
    location: str
    url: str
    minutes: int

    @classmethod
    def of(cls, meeting: Meeting) -> "Shown":
        """What a reminder of a meeting shows now."""
        series = meeting.series
        return cls(
            series.title.nl, series.location, series.url, series.duration // timedelta(minutes=1)
        )

    @classmethod
    def of_text(cls, text: str) -> "Shown | None":
        """What `text` wrote; None where a version wrote it that kept nothing, or something else."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None

    @property
    def text(self) -> str:
        """In a form that can be kept and compared."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
