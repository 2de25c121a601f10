"""Gives an entry another id, or takes it away, in every file that names it; every other character stays."""

import re
import tomllib
from typing import Any

from bot.content.editing import UneditableError
from bot.content.reading import Raw
from faq.examples import HEADER
from faq.files import ENTRIES, QUESTIONS
from faq.table import cells, delimiter_of, encoding_of

_BEGINS = re.compile(r"^[ \t]*\[\[[ \t]*entry[ \t]*\]\]", re.MULTILINE)
_RELATED = re.compile(r"^[ \t]*related[ \t]*=[ \t]*\[[^\]]*\]", re.MULTILINE)


def renamed(raw: Raw, old: str, new: str) -> dict[str, bytes]:
    """The files that change where `old` gets the id `new`; also where the entry itself has it already.

    Raises:
        UneditableError: where a file cannot be changed without harm.
    """
    return _changed(raw, old, new, goes=False)


def retired(raw: Raw, id_: str, instead: str = "") -> dict[str, bytes]:
    """The files that change where an entry goes; its example questions lead to `instead`, else they go too.

    Raises:
        UneditableError: where a file cannot be changed without harm.
    """
    return _changed(raw, id_, instead, goes=True)


def _changed(raw: Raw, id_: str, new: str, *, goes: bool) -> dict[str, bytes]:
    """Each file of which the content changes, with what it becomes."""
    changed = {}
    for name, content in raw.items():
        if name.startswith(f"{QUESTIONS}/"):
            after = _lines(content, id_, new)
        elif name.startswith(f"{ENTRIES}/"):
            # Where an entry goes, no button leads to another in its place: those were chosen one by one.
            after = _theme(name, content, id_, "" if goes else new)
        else:
            after = content
        if after != content:
            changed[name] = after
    return changed


def _theme(name: str, content: bytes, id_: str, new: str) -> bytes:
    """A theme's file, edited as text and held against what it must say afterwards; without `new` the entry goes."""
    try:
        text = content.decode()
        after = _RELATED.sub(lambda match: _list(match[0], id_, new), text)
        after = _with_id(after, id_, new) if new else _without_entry(after, id_)
        intended = _intended(tomllib.loads(text.removeprefix("\ufeff")), id_, new)
        right = tomllib.loads(after.removeprefix("\ufeff")) == intended
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        right = False
    if not right:
        raise UneditableError(f"{name} is hier niet vanzelf aan te passen; doe het met de hand.")
    return after.encode()


def _intended(document: dict[str, Any], id_: str, new: str) -> dict[str, Any]:
    """What a theme's file must say afterwards."""
    entries = [e for e in document.get("entry", []) if new or e.get("id") != id_]
    for entry in entries:
        if entry.get("id") == id_:
            entry["id"] = new
        if "related" in entry:
            ids = [new if other == id_ else other for other in entry["related"]]
            entry["related"] = [other for other in ids if other]
    rest = {key: value for key, value in document.items() if key != "entry"}
    return rest | ({"entry": entries} if entries else {})


def _quoted(id_: str) -> str:
    return rf"(?:\"{re.escape(id_)}\"|'{re.escape(id_)}')"


def _with_id(text: str, id_: str, new: str) -> str:
    """A theme's file in which an entry has another id."""
    return _id_is(id_).sub(lambda match: f'{match[1]}"{new}"', text)


def _id_is(id_: str) -> re.Pattern[str]:
    return re.compile(rf"^([ \t]*id[ \t]*=[ \t]*){_quoted(id_)}", re.MULTILINE)


def _list(text: str, id_: str, new: str) -> str:
    """`related = [ … ]` with the new id in the place of another, or without it."""
    if new:
        return re.sub(_quoted(id_), f'"{new}"', text)
    without = re.sub(rf"{_quoted(id_)}[ \t]*,?[ \t]*", "", text)
    return text if without == text else re.sub(r",[ \t]*\]\Z", "]", without)


def _without_entry(text: str, id_: str) -> str:
    """A theme's file without an entry and the comments before it."""
    begins = [match.start() for match in _BEGINS.finditer(text)]
    # The comments before an entry go with it.
    starts = [_with_comments(text, begin) for begin in begins]
    ends = [*starts[1:], len(text)]
    for begin, start, end in zip(begins, starts, ends, strict=True):
        if _id_is(id_).search(text[begin:end]):
            return text[:start] + text[end:]
    return text


def _with_comments(text: str, begin: int) -> int:
    """Where the comments and empty lines right before an entry begin."""
    lines = text[:begin].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        begin -= len(lines.pop())
    return begin


def _lines(content: bytes, id_: str, new: str) -> bytes:
    """A file of example questions with the new id in the place of another, or without its lines."""
    encoding = encoding_of(content)
    try:
        lines = content.decode(encoding).splitlines(keepends=True)
    except UnicodeDecodeError:
        return content
    delimiter = delimiter_of(lines[0], HEADER) if lines else ""
    if not delimiter:
        return content
    after = [lines[0]]
    for line in lines[1:]:
        row = cells(line, delimiter, len(HEADER))
        if len(row) < len(HEADER) or row[1] != id_:
            after.append(line)
        elif new:
            # From behind: the question itself may hold the id, too.
            column = rf'(.*{delimiter}\s*"?){re.escape(id_)}("?\s*{delimiter})'
            after.append(re.sub(column, rf"\g<1>{new}\2", line, count=1))
    return content if after == lines else "".join(after).encode(encoding)
