"""What a GET is answered with, for who makes a page without knowing HTTP: the metrics, the calendar feed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A page, the same for everybody who asks."""

    body: bytes
    content_type: str
    """With its charset."""
    changed: datetime | None = None
    """When the content changed last, UTC; then the caller may keep it. None: it differs at every look."""
