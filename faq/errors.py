"""Problems that an organiser can mend: what is wrong, where, and how."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


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
    missing: str = ""
    """The id that is named here and that no entry has; empty where that is not the problem."""

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


def counted(problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, those of one missing id as one: where it is named first, and how often."""
    all_problems = list(problems)
    places: dict[str, list[Problem]] = {}
    for problem in all_problems:
        places.setdefault(problem.missing, []).append(problem)
    rest = places.pop("", [])
    return rest + [_together(named) for named in places.values()]


def _together(named: list[Problem]) -> Problem:
    """One problem for all places that name the same missing id."""
    if len(named) == 1:
        return named[0]
    id_ = named[0].missing
    number = len({problem.file for problem in named})
    files = f"{number} bestanden" if number > 1 else "dit bestand"
    return replace(
        named[0],
        what=f"{id_!r} bestaat niet, en staat op {len(named)} plaatsen in {files}.",
        mend=f"heet het anders: python app.py rename {id_} NIEUW; is het weg: python app.py retire {id_}",
    )
