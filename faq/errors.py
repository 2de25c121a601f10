"""Problems that an organiser can mend: what is wrong, where, and how."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a content file, in Dutch, for somebody who is not a programmer.

    A warning does not keep the content from being used; an error does.
    """

    file: str
    what: str
    mend: str
    entry: str = ""
    field: str = ""
    line: int = 0
    column: int = 0
    warning: bool = False

    def __str__(self) -> str:
        """`bestand:regel:kolom, entry, veld: wat. Herstel: hoe.`"""
        place = self.file
        if self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        where = ", ".join(part for part in (place, self.entry, self.field) if part)
        kind = "waarschuwing" if self.warning else "fout"
        return f"{kind}: {where}: {self.what} Herstel: {self.mend}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that refuse the content."""
    return [problem for problem in problems if not problem.warning]
