"""Changes all content files that name an entry, or none of them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.content.editing import UneditableError, write
from bot.content.reading import Raw, parse, read_files
from faq.entries import Knowledge
from faq.errors import errors


class RefusedChangeError(ValueError):
    """Nothing was changed; the message says why and where."""


def change_files(
    folder: Path,
    id_: str,
    mistake: Callable[[Knowledge], str],
    change: Callable[[Raw], dict[str, bytes]],
) -> list[str]:
    """Change all files or none, and only where that makes no error that is not there now.

    Args:
        folder: of the content.
        id_: of the entry, for messages.
        mistake: what is wrong with what was asked, of the entries as they are; empty where nothing is.
        change: the files as they are → those that change, with what is in them then.

    Returns: what was done, a line for each file.
    Raises: RefusedChangeError where nothing was, or not all of it could be written.
    """
    raw, problems = read_files(folder)
    if problems:
        raise RefusedChangeError("\n".join(map(str, problems)))
    changed = _changed(raw, id_, mistake, change)
    try:
        for name, after in changed.items():
            write(folder / name, after)
    except OSError as error:
        message = f"{name}: {error.strerror}; see: python app.py check"
        raise RefusedChangeError(message) from error
    return _told(raw, changed)


def _changed(
    raw: Raw,
    id_: str,
    mistake: Callable[[Knowledge], str],
    change: Callable[[Raw], dict[str, bytes]],
) -> dict[str, bytes]:
    """The files that change, once it is sure that they may."""
    content, now = parse(raw)
    if wrong := mistake(content.knowledge):
        raise RefusedChangeError(wrong)
    try:
        changed = change(raw)
    except UneditableError as error:
        raise RefusedChangeError(str(error)) from error
    if not changed:
        raise RefusedChangeError(f"{id_}: no file names this id.")
    before = {problem.what for problem in now}
    if new := [p for p in errors(parse({**raw, **changed})[1]) if p.what not in before]:
        raise RefusedChangeError("\n".join(map(str, new)))
    return changed


def _told(raw: Raw, changed: Mapping[str, bytes]) -> list[str]:
    lines = []
    for name, after in changed.items():
        before = raw[name].splitlines()
        kept = set(after.splitlines())
        number = sum(line not in kept for line in before)
        lines.append(f"{name}: {number} regel{'s' * (number != 1)}")
    return [*lines, "Kijk het na met: python app.py check"]
