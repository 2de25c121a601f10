"""What the answers leave open, as a page for who has the texts or knows the people that would tell."""

from collections.abc import Iterator

from faq.entries import Entry, Gap, Knowledge

_HEAD = """\
# Wat we nog niet weten

Voor wie deze teksten heeft of deze mensen kent: bij elk antwoord staat wat er nog open is, en waar het te vinden is.
Staat een punt op meer plaatsen? Dan is één antwoord vaak genoeg.

Deze pagina komt uit het veld `gaps` van de antwoorden.
Maak haar opnieuw met `python app.py gaps > docs/knowledge-gaps.md`.
"""
_TABLE = "| antwoord | wat we niet weten | waar het staat |\n|---|---|---|"


def page(knowledge: Knowledge) -> str:
    """The open points in Markdown, by what would close them: what closes most comes first."""
    groups: dict[str, list[str]] = {}
    for entry, gap in _open(knowledge):
        for closer in gap.closes:
            name, _, place = closer.partition(",")
            row = f"| `{entry.id}` | {_cell(gap.unknown)} | {_cell(place)} |"
            groups.setdefault(name.strip(), []).append(row)
    points = len(list(_open(knowledge)))
    entries = sum(bool(entry.gaps) for entry in knowledge.entries.values())
    total = f"{points} open punten, bij {entries} van de {len(knowledge.entries)} antwoorden."
    chapters = [
        "\n".join([f"## {name} ({len(rows)})", "", _TABLE, *rows])
        for name, rows in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0]))
    ]
    return "\n\n".join([_HEAD + "\n" + total, *chapters])


def _open(knowledge: Knowledge) -> Iterator[tuple[Entry, Gap]]:
    return ((entry, gap) for entry in knowledge.entries.values() for gap in entry.gaps)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
