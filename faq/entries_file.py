"""The entries' files: what `faq/content/faq/*.toml` must look like, and every mistake in them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from faq.entries import Entry, Knowledge, Source, plain
from faq.errors import Problem
from faq.language import Text
from faq.reader import ID, Reader, toml

ANSWER_MAX = 900
"""Characters of an answer: what fits a phone's screen without scrolling far."""
PHRASINGS_MIN, PHRASINGS_MAX = 3, 8
VERSIONS = ("3.1", "4.0")

_HEADER = re.compile(rb"^[ \t]*\[\[\s*entry\s*\]\]", re.MULTILINE)


def parse(files: Mapping[str, bytes]) -> tuple[Knowledge, list[Problem]]:
    """Read the theme files, given as name → content.

    Returns:
        The entries that can be used, and every problem of every file. Where a problem is not a
        warning, the whole must not be used.
    """
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    for file, raw in sorted(files.items()):
        tables = toml(file, raw, problems)
        if not tables:
            continue
        top = Reader(tables, file, "", problems)
        theme = top.text("theme", '{ nl = "…", en = "…" }')
        found = top.take("entry", list, "[[entry]] …") or []
        lines = _lines(raw, len(found))
        for number, table in enumerate(found, start=1):
            line = lines[number - 1]
            if not isinstance(table, dict):
                what, mend = (
                    f"antwoord {number} is geen tabel.",
                    "begin elk antwoord met [[entry]].",
                )
                problems.append(Problem(file=file, line=line, what=what, mend=mend))
                continue
            name = table.get("id") if isinstance(table.get("id"), str) else ""
            read = Reader(table, file, str(name or f"antwoord {number}"), problems, line)
            entry = _entry(read, theme)
            if entry is None:
                continue
            if entry.id in entries:
                what, mend = "dit id bestaat al.", "geef elk antwoord een eigen id."
                problems.append(entry.problem("id", what, mend))
            entries[entry.id] = entry
        top.done()
    if not entries:
        what = "er is geen enkel antwoord gevonden."
        problems.append(
            Problem(file="faq/", what=what, mend="zet minstens één [[entry]] in faq/*.toml.")
        )
    problems += _across(entries)
    return Knowledge(entries), problems


def _lines(raw: bytes, count: int) -> list[int]:
    """The line on which each of `count` entries begins; tomllib does not tell."""
    lines = [raw.count(b"\n", 0, match.start()) + 1 for match in _HEADER.finditer(raw)]
    # An [[entry]] inside a text of several lines would shift them all.
    return lines if len(lines) == count else [0] * count


def _entry(read: Reader, theme: Text) -> Entry | None:
    id_ = read.take("id", str, '"geldigheid-certificaat"') or ""
    if id_ and not ID.match(id_):
        read.problem(
            "id", f"{id_!r} is geen goed id.", "gebruik kleine letters, cijfers en streepjes."
        )
    handbook = read.strings("handbook", read.take("handbook", list, '["4.0"]', []))
    for version in set(handbook) - set(VERSIONS):
        read.problem(
            "handbook", f"versie {version!r} kennen we niet.", f"kies uit {', '.join(VERSIONS)}."
        )
    questions = read.texts("question", '{ nl = ["…"], en = ["…"] }')
    nl = read.strings("question.nl", questions.get("nl", []))
    en = read.strings("question.en", questions.get("en", []))
    if not PHRASINGS_MIN <= len(nl) <= PHRASINGS_MAX:
        read.problem(
            "question.nl",
            f"er staan {len(nl)} vragen; het moeten er {PHRASINGS_MIN} tot {PHRASINGS_MAX} zijn.",
            "voeg vragen toe of haal ze weg; meer voorbeelden horen in questions/*.tsv.",
        )
    if not en:
        read.problem(
            "question.en",
            "er is geen Engelse vraag.",
            'voeg toe: question.en = ["…"]',
            warning=True,
        )
    answer = read.text("answer", '{ nl = "…", en = "…" }')
    for language, text in (("nl", answer.nl), ("en", answer.en)):
        if len(text) > ANSWER_MAX:
            what = f"het antwoord is {len(text)} tekens; {ANSWER_MAX} is het meeste."
            read.problem(
                f"answer.{language}", what, f"kort het {len(text) - ANSWER_MAX} tekens in."
            )
    sources = tuple(_sources(read))
    checked = _day(read, "checked")
    review_by = _day(read, "review_by")
    if review_by < checked:
        read.problem("review_by", "deze datum ligt voor 'checked'.", "kies een latere datum.")
    owner = read.take("owner", str, '"Redactie CoP"') or ""
    related = read.strings("related", read.take("related", list, '["…"]', []))
    read.done()
    if not (id_ and nl and answer.nl):
        return None
    return Entry(
        id=id_,
        theme=theme,
        handbook=handbook,
        questions_nl=nl,
        questions_en=en,
        answer=answer,
        sources=sources,
        checked=checked,
        review_by=review_by,
        owner=owner,
        related=related,
        file=read.file,
        line=read.line,
    )


def _day(read: Reader, key: str) -> date:
    value = read.take(key, date, "2026-11-23")
    # A TOML date-time is a date, too, for isinstance.
    if value is not None and type(value) is not date:
        read.problem(key, "hier hoort een dag zonder tijd.", f"schrijf: {key} = 2026-11-23")
        return date.max
    return value or date.max


def _sources(read: Reader) -> Iterator[Source]:
    found = read.take("sources", list, '[{ title = "SKAO, …", url = "https://…" }]') or []
    if not found:
        read.problem(
            "sources",
            "er is geen bron.",
            'voeg toe: sources = [{ title = "…", url = "https://…" }]',
        )
    for number, table in enumerate(found, start=1):
        field = f"sources[{number}]"
        if not isinstance(table, dict) or not isinstance(table.get("title"), str):
            read.problem(
                field, "deze bron heeft geen titel.", 'schrijf: { title = "…", url = "https://…" }'
            )
            continue
        for key in sorted(set(table) - {"title", "url"}):
            read.problem(
                f"{field}.{key}", "dit veld kennen we niet.", "een bron heeft title en url."
            )
        url = table.get("url", "")
        if "url" in table and not _is_https(url):
            read.problem(
                f"{field}.url",
                f"{url!r} is geen webadres.",
                "begin met https:// en plak het hele adres.",
            )
            continue
        yield Source(table["title"], url)


def _is_https(url: object) -> bool:
    if not isinstance(url, str) or any(c.isspace() for c in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and "." in (parts.hostname or "") and (parts.port or 443) > 0
    except ValueError:
        return False


def _across(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """What only shows when all entries are seen together."""
    first: dict[str, str] = {}
    for entry in entries.values():
        for other in entry.related:
            if other not in entries or other == entry.id:
                what = (
                    f"{other!r} bestaat niet."
                    if other != entry.id
                    else "een antwoord verwijst naar zichzelf."
                )
                yield entry.problem("related", what, "verbeter of schrap het id.")
        for phrasing, language in entry.phrasings:
            owner = first.setdefault(plain(phrasing), entry.id)
            if owner != entry.id:
                what = f"de vraag {phrasing!r} staat ook bij {owner}."
                mend = "laat haar bij één van de twee staan."
                yield entry.problem(f"question.{language}", what, mend)


def overdue(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """A warning for every entry that should have been held against its sources again."""
    for entry in knowledge.entries.values():
        if entry.review_by <= today:
            what = f"dit antwoord moest voor {entry.review_by:%d-%m-%Y} worden nagekeken."
            mend = "kijk het na bij de bron en zet checked en review_by op een nieuwe datum."
            yield entry.problem("review_by", what, mend, warning=True)
