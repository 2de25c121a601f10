"""Who else on this machine may read or change what the bot keeps and obeys."""

from collections.abc import Iterator
from pathlib import Path

from bot.cli.doctor.finding import Finding, State
from bot.disk import readable_by_others, writable_by_others
from bot.settings import Settings


def rights(settings: Settings, dotenv: Path) -> Finding:
    """The rights of the settings, the database and the content, each where it is there."""
    wrong = list(_wrong(settings, dotenv))
    if not wrong:
        return Finding("rights", "ok", "nobody else can change or read what only the bot should")
    worst: State = "broken" if any(state == "broken" for state, _, _ in wrong) else "warning"
    details = "; ".join(detail for _, detail, _ in wrong)
    return Finding("rights", worst, details, " && ".join(remedy for _, _, remedy in wrong))


def _wrong(settings: Settings, dotenv: Path) -> Iterator[tuple[State, str, str]]:
    """What is wrong: how bad it is, what it is, and the command that mends it."""
    database = settings.database_path
    if writable_by_others(dotenv):
        yield (
            "broken",
            f"others can change {dotenv}, so they decide who may talk",
            f"chmod 600 {dotenv}",
        )
    elif readable_by_others(dotenv):
        yield "warning", f"everybody can read {dotenv}, with its secret", f"chmod 600 {dotenv}"
    if writable_by_others(database.parent):
        yield (
            "broken",
            f"others can put another database in {database.parent}",
            f"chmod go-w {database.parent}",
        )
    for file in (database, database.with_name(f"{database.name}-wal")):
        if readable_by_others(file):
            yield (
                "warning",
                f"everybody can read {file}, with who is subscribed",
                f"chmod 600 {file}",
            )
    yield from _of_content(settings.content_dir)


def _of_content(content: Path) -> Iterator[tuple[State, str, str]]:
    for path in (content, *content.rglob("*")) if content.is_dir() else ():
        if writable_by_others(path) and not path.is_symlink():
            yield (
                "warning",
                f"others can change {path}, so what members are told",
                f"chmod go-w {path}",
            )
            return
