"""The entries' files: what `faq/content/faq/*.toml` must look like, and every mistake in them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from faq.entries import Entry, Knowledge, Source, normalized
from faq.errors import Problem
from faq.language import DEFAULT, IN_DUTCH, LANGUAGES, Language, Text
from faq.reader import Reader, toml

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
        for entry in _theme(file, raw, problems):
            if entry.id in entries:
                what, mend = "dit id bestaat al.", "geef elk antwoord een eigen id."
                problems.append(entry.problem("id", what, mend))
            entries[entry.id] = entry
    if not entries:
        what = "er is geen enkel antwoord gevonden."
        mend = "zet minstens één [[entry]] in faq/*.toml."
        problems.append(Problem(file="faq/", what=what, mend=mend))
    problems += _across(entries)
    return Knowledge(entries), problems


def _theme(file: str, raw: bytes, problems: list[Problem]) -> Iterator[Entry]:
    """The entries of one file."""
    table = toml(file, raw, problems)
    if not table:
        return
    top = Reader(table, file, "", problems)
    theme = top.text("theme")
    tables = top.take("entry", list, "[[entry]] …") or []
    for number, (inner, line) in enumerate(zip(tables, _lines(raw, len(tables)), strict=True), 1):
        if not isinstance(inner, dict):
            what, mend = f"antwoord {number} is geen tabel.", "begin elk antwoord met [[entry]]."
            problems.append(Problem(file=file, line=line, what=what, mend=mend))
            continue
        name = inner.get("id") if isinstance(inner.get("id"), str) else ""
        read = Reader(inner, file, str(name or f"antwoord {number}"), problems, line)
        entry = _entry(read, theme)
        if entry is not None:
            yield entry
    top.done()


def _lines(raw: bytes, count: int) -> list[int]:
    """The line on which each of `count` entries begins; tomllib does not say."""
    lines = [raw.count(b"\n", 0, match.start()) + 1 for match in _HEADER.finditer(raw)]
    # An [[entry]] inside a text of several lines would shift them all.
    return lines if len(lines) == count else [0] * count


def _entry(read: Reader, theme: Text) -> Entry | None:
    """One entry; None where it cannot be used at all."""
    id_ = read.id('"geldigheid-certificaat"')
    handbook = _handbook(read)
    questions = _questions(read)
    answer = _answer(read)
    sources = tuple(_sources(read))
    checked, review_by = _day(read, "checked"), _day(read, "review_by")
    if review_by < checked:
        read.problem("review_by", "deze datum ligt voor 'checked'.", "kies een latere datum.")
    owner = read.take("owner", str, '"Redactie CoP"') or ""
    related = read.strings("related", read.take("related", list, '["…"]', []))
    read.done()
    if not (id_ and questions[DEFAULT] and answer.nl):
        return None
    return Entry(
        id=id_,
        theme=theme,
        handbook=handbook,
        questions=questions,
        answer=answer,
        sources=sources,
        checked=checked,
        review_by=review_by,
        owner=owner,
        related=related,
        file=read.file,
        line=read.line,
    )


def _handbook(read: Reader) -> tuple[str, ...]:
    """The versions of the handbook that the answer holds for."""
    versions = read.strings("handbook", read.take("handbook", list, '["4.0"]', []))
    for version in set(versions) - set(VERSIONS):
        what, mend = f"versie {version!r} kennen we niet.", f"kies uit {', '.join(VERSIONS)}."
        read.problem("handbook", what, mend)
    return versions


def _questions(read: Reader) -> dict[Language, tuple[str, ...]]:
    """The phrasings; a warning where there are none in another language than Dutch."""
    values = read.by_language("question", '["…"]')
    questions = {
        language: read.strings(f"question.{language}", values.get(language, []))
        for language in LANGUAGES
    }
    count = len(questions[DEFAULT])
    if not PHRASINGS_MIN <= count <= PHRASINGS_MAX:
        read.problem(
            f"question.{DEFAULT}",
            f"er staan {count} vragen; het moeten er {PHRASINGS_MIN} tot {PHRASINGS_MAX} zijn.",
            "voeg vragen toe of haal ze weg; meer voorbeelden horen in questions/*.tsv.",
        )
    for language, phrasings in questions.items():
        if not phrasings and language != DEFAULT:
            field, what = f"question.{language}", f"er is geen {IN_DUTCH[language]} vraag."
            read.problem(field, what, f'voeg toe: {field} = ["…"]', warning=True)
    return questions


def _answer(read: Reader) -> Text:
    """The answer, short enough in every language."""
    answer = read.text("answer")
    for language, text in answer.written():
        if len(text) > ANSWER_MAX:
            what = f"het antwoord is {len(text)} tekens; {ANSWER_MAX} is het meeste."
            mend = f"kort het {len(text) - ANSWER_MAX} tekens in."
            read.problem(f"answer.{language}", what, mend)
    return answer


def _day(read: Reader, key: str) -> date:
    value = read.take(key, date, "2026-11-23")
    # A TOML date-time is a date, too, for isinstance.
    if value is not None and type(value) is not date:
        read.problem(key, "hier hoort een dag zonder tijd.", f"schrijf: {key} = 2026-11-23")
        return date.max
    return value or date.max


def _sources(read: Reader) -> Iterator[Source]:
    tables = read.take("sources", list, '[{ title = "SKAO, …", url = "https://…" }]') or []
    if not tables:
        read.problem(
            "sources",
            "er is geen bron.",
            'voeg toe: sources = [{ title = "…", url = "https://…" }]',
        )
    for number, table in enumerate(tables, start=1):
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
            owner = first.setdefault(normalized(phrasing), entry.id)
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
