"""A figure as `/metrics` shows it, in no library's own terms."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What is so at this moment, with a value for every combination of labels."""

    name: str
    text: str
    labels: tuple[str, ...]
    values: Mapping[tuple[str, ...], float]

    @classmethod
    def of(cls, name: str, text: str, value: float) -> "Figure":
        """One value without labels."""
        return cls(name, text, (), {(): value})
