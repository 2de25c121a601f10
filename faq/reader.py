"""Reads TOML that an organiser wrote: every mistake is noted with its place and its mend."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar

from faq.errors import Problem
from faq.language import Text

T = TypeVar("T")

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""What an id looks like: kebab-case."""

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


def toml(file: str, raw: bytes, problems: list[Problem]) -> dict[str, Any]:
    """The tables of a TOML file; empty, with a problem that says where, when it cannot be read."""
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what, mend, column = "dit bestand is geen UTF-8.", "sla het op als UTF-8.", 0
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        at_end = not (found and found[1])
        line = raw.count(b"\n") + 1 if at_end or not found else int(found[1])
        column = 0 if at_end or not found else int(found[2])
        reason = _PLACE.sub("", str(error)).strip()
        what = f"dit is geen geldige TOML ({reason})."
        mend = (
            "kijk op deze plek naar aanhalingstekens, haakjes en komma's; vergelijk met een buur."
        )
    problems.append(Problem(file=file, line=line, column=column, what=what, mend=mend))
    return {}


class Reader:
    """Reads the keys of one table and notes what is wrong with each."""

    def __init__(
        self,
        table: Mapping[str, Any],
        file: str,
        entry: str,
        problems: list[Problem],
        line: int = 0,
    ) -> None:
        """Read from `table`; problems name `file`, `line` (0: unknown) and `entry`."""
        self.file, self.line = file, line
        self._table, self._entry, self._problems = table, entry, problems
        self._read: set[str] = set()

    def problem(self, field: str, what: str, mend: str, *, warning: bool = False) -> None:
        """Note a problem with a field of this table."""
        self._problems.append(
            Problem(
                file=self.file,
                line=self.line,
                entry=self._entry,
                field=field,
                what=what,
                mend=mend,
                warning=warning,
            )
        )

    def take(self, key: str, kind: type[T], example: str, default: T | None = None) -> T | None:
        """The value of `key`; None, and a problem, where it is missing or of another kind."""
        self._read.add(key)
        if key not in self._table:
            if default is None:
                self.problem(key, "dit veld ontbreekt.", f"voeg toe: {key} = {example}")
            return default
        value = self._table[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.problem(key, "de waarde heeft niet de juiste vorm.", f"schrijf: {key} = {example}")
            return default
        return value

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._table

    def texts(self, key: str, example: str) -> dict[str, Any]:
        """A table with `nl` and `en`, such as `answer.nl`."""
        found = self.take(key, dict, example) or {}
        for unknown in sorted(set(found) - {"nl", "en"}):
            self.problem(f"{key}.{unknown}", "deze taal kennen we niet.", "gebruik nl of en.")
        return found

    def text(self, key: str, example: str) -> Text:
        """One text in both languages; a warning where English is missing."""
        found = self.texts(key, example)
        for language in ("nl", "en"):
            value = found.get(language, "")
            if not isinstance(value, str):
                self.problem(
                    f"{key}.{language}", "dit is geen tekst.", f'schrijf: {key}.{language} = "…"'
                )
                found[language] = ""
            elif not value.strip():
                self.problem(
                    f"{key}.{language}",
                    "deze tekst ontbreekt.",
                    f'voeg toe: {key}.{language} = "…"',
                    warning=language == "en",
                )
        return Text(found.get("nl", "").strip(), found.get("en", "").strip())

    def strings(self, key: str, value: object) -> tuple[str, ...]:
        """A list of texts that are not empty."""
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.problem(
                key, "dit moet een lijst van teksten zijn.", f'schrijf: {key} = ["…", "…"]'
            )
            return ()
        return tuple(v.strip() for v in value)

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in sorted(set(self._table) - self._read):
            self.problem(key, "dit veld kennen we niet.", "haal het weg of verbeter de spelling.")
