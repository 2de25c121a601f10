"""Series and meetings: what `meetings.toml` must look like, and which meetings follow from it."""

from dataclasses import dataclass

from faq.errors import Problem


@dataclass(frozen=True, slots=True)
class Calendar:
    """All series of meetings."""

    series: tuple[object, ...]

    @classmethod
    def empty(cls) -> "Calendar":
        """A calendar without meetings."""
        return cls(())


def parse(raw: bytes) -> tuple[Calendar, list[Problem]]:
    """Read `meetings.toml`."""
    return Calendar.empty(), []
