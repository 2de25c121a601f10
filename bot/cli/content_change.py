"""Changes all content files that name an entry, or none of them."""

from collections.abc import Callable, Mapping

from bot.cli.command import Exit, Runtime, refuse
from bot.content.editing import UneditableError, write
from bot.content.reading import Raw, parse, read_files
from faq.entries import Knowledge
from faq.errors import errors


def change_files(
    runtime: Runtime,
    id_: str,
    mistake: Callable[[Knowledge], str],
    change: Callable[[Raw], dict[str, bytes]],
) -> int:
    """Change all files or none; `REFUSED` where that would make an error that is not there now.

    Args:
        runtime: with the folder of the content.
        id_: of the entry, for messages.
        mistake: what is wrong with what was asked, of the entries as they are; empty where nothing is.
        change: the files as they are → those that change, with what is in them then.
    """
    folder = runtime.settings().content_dir
    raw, problems = read_files(folder)
    content, now = parse(raw)
    if problems:
        return refuse("\n".join(map(str, problems)))
    if wrong := mistake(content.knowledge):
        return refuse(wrong)
    try:
        changed = change(raw)
    except UneditableError as error:
        return refuse(str(error))
    if not changed:
        return refuse(f"{id_}: no file names this id.")
    before = {problem.what for problem in now}
    if new := [p for p in errors(parse({**raw, **changed})[1]) if p.what not in before]:
        return refuse("\n".join(map(str, new)))
    try:
        for name, after in changed.items():
            write(folder / name, after)
    except OSError as error:
        return refuse(f"{name}: {error.strerror}; see: python app.py check")
    print(*_told(raw, changed), sep="\n")
    return Exit.OK


def _told(raw: Raw, changed: Mapping[str, bytes]) -> list[str]:
    lines = []
    for name, after in changed.items():
        before = raw[name].splitlines()
        kept = set(after.splitlines())
        number = sum(line not in kept for line in before)
        lines.append(f"{name}: {number} regel{'s' * (number != 1)}")
    return [*lines, "Kijk het na met: python app.py check"]
