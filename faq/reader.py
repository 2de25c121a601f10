"""Reads TOML that an organiser wrote: every mistake is noted with its place and its mend."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from faq.errors import Problem
from faq.language import DEFAULT, LANGUAGES, Language, Text
from faq.table import encoding_of
from faq.toml_hints import UNENDED, hint

T = TypeVar("T")

DOTS_MAX, BRACKETS_MAX, DEPTH_MAX = 200, 200, 20
"""In one line; and how deep tables and lists may lie."""
IN_UTF_8 = "sla het bestand op als UTF-8 (in Kladblok: Opslaan als, Codering UTF-8)."
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line ends, and those that turn the direction of what follows."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


def in_every_language(example: str) -> str:
    """An example value for each language, as an organiser writes it: `{ nl = "…", en = "…" }`."""
    values = ", ".join(f"{language} = {example}" for language in LANGUAGES)
    return f"{{ {values} }}"


def toml(file: str, raw: bytes, problems: list[Problem]) -> dict[str, Any]:
    """The tables of a TOML file; empty, with one problem that says where, when it cannot be read.

    Whatever the bytes are: what would take a parser long, deep or much memory is told, not read.
    """
    if encoding_of(raw) == "utf-16":
        what = "dit bestand is UTF-16, geen UTF-8."
        problems.append(Problem(file=file, what=what, mend=IN_UTF_8))
        return {}
    overdone = _overdone(raw)
    if overdone:
        mend = "haal dit weg of verdeel het."
        problems.append(
            Problem(file=file, line=overdone, what="deze regel kan zo niet.", mend=mend)
        )
        return {}
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
        _require_plain(table)
    except (ValueError, RecursionError) as error:
        problems.append(_unreadable(file, raw, error))
        return {}
    return table


def _unreadable(file: str, raw: bytes, error: Exception) -> Problem:
    """Why a file cannot be read, and where."""
    line = column = 0
    if isinstance(error, UnicodeDecodeError):
        line = raw.count(b"\n", 0, error.start) + 1
        what, mend = "deze regel is geen UTF-8.", IN_UTF_8
    elif isinstance(error, tomllib.TOMLDecodeError):
        line, column, (what, mend) = _where(raw, str(error))
    else:
        what = f"dit bestand bevat iets dat niet te lezen is ({_why(error)})."
        mend = "schrijf getallen kort en tabellen ondiep, en haal onzichtbare tekens weg."
    return Problem(file=file, line=line, column=column, what=what, mend=mend)


def _where(raw: bytes, message: str) -> tuple[int, int, tuple[str, str]]:
    """The line and column at which the parser stopped, what is wrong there, and the mend."""
    place, lines = _PLACE.search(message), raw.decode("utf-8-sig").split("\n")
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
        return line, column, hint(lines[line - 1])
    written = [number for number, text in enumerate(lines, start=1) if text.strip()]
    last = written[-1] if written else 1
    unended = not message.startswith("Expected") and lines[last - 1].count('"') % 2 == 0
    return last, 0, UNENDED if unended else hint(lines[last - 1])


def _overdone(raw: bytes) -> int:
    """The first line that no organiser writes: with a NUL, or with so many dots or brackets that it is a trap.

    A key of 20,000 parts would take 1.7 GB, and brackets 900 deep more of the stack than there is.
    """
    for number, line in enumerate(raw.split(b"\n"), start=1):
        many = line.count(b".") > DOTS_MAX or line.count(b"[") + line.count(b"{") > BRACKETS_MAX
        if b"\0" in line or many:
            return number
    return 0


def _require_plain(table: Mapping[str, Any]) -> None:
    """Raise ValueError where a text holds a character that cannot be seen, or tables lie too deep."""
    todo: list[tuple[object, int]] = [(table, 0)]
    while todo:
        value, depth = todo.pop()
        if depth > DEPTH_MAX:
            raise ValueError("te diep")
        if isinstance(value, dict):
            todo += [(inner, depth + 1) for pair in value.items() for inner in pair]
        elif isinstance(value, list):
            todo += [(inner, depth + 1) for inner in value]
        elif isinstance(value, str) and _UNSEEN.search(value):
            raise ValueError("een onzichtbaar teken")


def _why(error: Exception) -> str:
    return (
        str(error) if str(error) in ("te diep", "een onzichtbaar teken") else type(error).__name__
    )


class Reader:
    """Reads the keys of one table and notes what is wrong with each."""

    def __init__(
        self,
        table: Mapping[str, Any],
        file: str,
        entry: str,
        problems: list[Problem],
        line: int = 0,
        *,
        inside: str = "",
    ) -> None:
        """Read from `table`; problems name `file`, `line` (0: unknown), `entry` and where `inside` it."""
        self.file, self.line, self._inside = file, line, inside
        self._table, self._entry, self._problems = table, entry, problems
        self._read: set[str] = set()

    def problem(self, field: str, what: str, mend: str, *, warning: bool = False) -> None:
        """Note a problem with a field of this table."""
        self._problems.append(
            Problem(
                file=self.file,
                line=self.line,
                entry=self._entry,
                field=self._inside + field,
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

    def inside(self, key: str) -> Iterator["Reader"]:
        """A reader of each table of the list `key`, such as `[[entry.later]]`; none where it is missing."""
        tables = self.take(key, list, f"[[{key}]] …", [])
        for number, table in enumerate(tables or [], start=1):
            if not isinstance(table, dict):
                self.problem(
                    f"{key}[{number}]", "dit is geen tabel.", f"begin met [[entry.{key}]]."
                )
                continue
            inside = f"{key}[{number}]."
            yield Reader(table, self.file, self._entry, self._problems, self.line, inside=inside)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._table

    def id(self, example: str) -> str:
        """The id of this table; empty where it is missing."""
        value = self.take("id", str, example) or ""
        if value and not _ID.fullmatch(value):
            mend = "gebruik kleine letters, cijfers en streepjes."
            self.problem("id", f"{value!r} is geen goed id.", mend)
        return value

    def by_language(self, key: str, example: str) -> dict[str, Any]:
        """A table with a value for each language, such as `answer.nl`; `example` is one value."""
        values = self.take(key, dict, in_every_language(example)) or {}
        for unknown in sorted(set(values) - set(LANGUAGES)):
            mend = f"gebruik {' of '.join(LANGUAGES)}."
            self.problem(f"{key}.{unknown}", "deze taal kennen we niet.", mend)
        return values

    def text(self, key: str, *, optional: bool = False) -> Text:
        """One text in every language; a warning where another than Dutch is missing."""
        if optional and not self.has(key):
            return Text("")
        values = self.by_language(key, '"…"')
        texts = {language: self._text(key, language, values) for language in LANGUAGES}
        return Text(**texts)

    def _text(self, key: str, language: Language, values: Mapping[str, Any]) -> str:
        value, field = values.get(language, ""), f"{key}.{language}"
        if not isinstance(value, str):
            self.problem(field, "dit is geen tekst.", f'schrijf: {field} = "…"')
            return ""
        if not value.strip():
            mend = f'voeg toe: {field} = "…"'
            self.problem(field, "deze tekst ontbreekt.", mend, warning=language != DEFAULT)
        return value.strip()

    def strings(self, key: str, value: object) -> tuple[str, ...]:
        """A list of texts that are not empty."""
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.problem(
                key, "dit moet een lijst van teksten zijn.", f'schrijf: {key} = ["…", "…"]'
            )
            return ()
        return tuple(v.strip() for v in value)

    def done(self, mend: str = "haal het weg of verbeter de spelling.") -> None:
        """Note every key that nobody asked for."""
        for key in sorted(set(self._table) - self._read):
            self.problem(key, "dit veld kennen we niet.", mend)
