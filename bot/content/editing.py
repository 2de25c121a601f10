"""Changes single fields of an entry in an organiser's file; every other character stays as it is."""

import shutil
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bot.disk import replacing

Fields = Mapping[str, str | date]
_BOM = "\ufeff"


class UneditableError(Exception):
    """A file that cannot be changed without harm; the sentence says why, in Dutch."""


def changed(raw: bytes, id_: str, fields: Fields) -> bytes:
    """The file with these fields of an entry set; new ones come after its other fields.

    Raises:
        UneditableError: where the entry is not there, or something else would change with it.
    """
    text = raw.decode()
    newline = "\r\n" if "\r\n" in text else "\n"
    bom, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    text += "" if text.endswith("\n") else newline
    try:
        document = tomlkit.parse(text)
        entry = next(e for e in _entries(document) if e.get("id") == id_)
        for field, value in fields.items():
            item = tomlkit.item(value)
            item.trivia.trail = newline
            entry[field] = item
        new = tomlkit.dumps(document)
        intended = _only_these(tomllib.loads(text), id_, fields) == tomllib.loads(new)
    except (StopIteration, TOMLKitError, tomllib.TOMLDecodeError):
        intended = False
    if not intended:
        raise UneditableError(f"{id_} is hier niet vanzelf aan te passen; doe het met de hand.")
    return (bom + new).encode()


def _entries(document: Mapping[str, Any]) -> list[Any]:
    entries = document.get("entry", [])
    return list(entries) if isinstance(entries, list) else []


def _only_these(document: dict[str, Any], id_: str, fields: Fields) -> dict[str, Any]:
    """What the file must hold afterwards."""
    for entry in _entries(document):
        if entry.get("id") == id_:
            entry.update(fields)
    return document


def write(path: Path, raw: bytes) -> None:
    """Write beside the file, then put it in its place: whoever breaks in finds the old or the new one.

    Raises:
        OSError: where that cannot be done; the file is as it was.
    """
    path = path.resolve()
    with replacing(path) as beside:
        beside.write_bytes(raw)
        shutil.copymode(path, beside)
