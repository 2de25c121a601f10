"""The fields of one entry as an organiser writes them, and every mistake in them."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from faq import facts
from faq.entries import Check, Entry, Gap, Later, Source
from faq.language import DEFAULT, IN_DUTCH, LANGUAGES, Language, Text
from faq.reader import Reader

ANSWER_MAX = 900
"""Characters of an answer: what fits a phone's screen without scrolling far."""
PHRASINGS_MIN, PHRASINGS_MAX = 3, 8
VERSIONS = ("3.1", "4.0")

_EXAMPLE_DAY = "2026-11-23"
_EXAMPLE_GAP = '{ unknown = "Hoe …", closes = ["Handboek 4.0, § 9.4"] }'
_EXAMPLE_ROLE = '"organisatie CoP"'


def read_entry(read: Reader, theme: Text) -> Entry | None:
    """One entry; None where it cannot be used at all."""
    read_on, check, review_by = _dates(read)
    starts, until = _offered(read)
    entry = Entry(
        id=read.id('"geldigheid-certificaat"'),
        theme=theme,
        handbook=_handbook(read),
        questions=_questions(read),
        answer=_answer(read),
        sources=tuple(_sources(read)),
        read=read_on,
        check=check,
        review_by=review_by,
        owner=read.take("owner", str, '"Redactie CoP"') or "",
        gaps=tuple(_gaps(read)),
        related=read.strings("related", read.take("related", list, '["…"]', [])),
        starts=starts,
        until=until,
        later=tuple(_later(read, starts, until)),
        file=read.file,
        line=read.line,
    )
    read.done()
    return entry if entry.id and entry.questions[DEFAULT] and entry.answer.nl else None


def _dates(read: Reader) -> tuple[date, Check | None, date]:
    """When the sources were read, who checked the answer, and when that must be done again."""
    read_on, check, review_by = _day(read, "read"), _check(read), _day(read, "review_by")
    last = max(read_on, check.on) if check else read_on
    if review_by < last < date.max:
        what = f"deze datum ligt voor '{'read' if last == read_on else 'checked'}'."
        read.problem("review_by", what, "kies een latere datum.")
    return read_on, check, review_by


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
        for name in sorted(facts.named(text) - facts.NAMES):
            mend = f"kies uit {', '.join(sorted(facts.NAMES))}."
            read.problem(f"answer.{language}", f"het feit {{facts.{name}}} kennen we niet.", mend)
    return answer


def _day(read: Reader, key: str) -> date:
    value = read.take(key, date, _EXAMPLE_DAY)
    # A TOML date-time is a date, too, for isinstance.
    if value is not None and type(value) is not date:
        read.problem(key, "hier hoort een dag zonder tijd.", f"schrijf: {key} = {_EXAMPLE_DAY}")
        return date.max
    return value or date.max


def _offered(read: Reader) -> tuple[date, date]:
    """The first and the last day on which it is offered; far away where that is not said."""
    starts = _day(read, "from") if read.has("from") else date.min
    until = _day(read, "until") if read.has("until") else date.max
    if until < starts:
        read.problem("until", "deze datum ligt voor 'from'.", "kies een latere datum.")
    return starts, until


def _later(read: Reader, starts: date, until: date) -> Iterator[Later]:
    """What the answer becomes, in the order of the days."""
    before = starts
    for inner in read.inside("later"):
        day, answer = _day(inner, "from"), _answer(inner)
        inner.done(
            "zet [[entry.later]] onderaan: alles daaronder hoort erbij, ook velden van de entry."
        )
        if day <= before:
            what = "deze datum ligt niet na die van het antwoord ervoor."
            inner.problem("from", what, "zet de vroegste dag bovenaan, en elke dag één keer.")
        if until < day < date.max:
            inner.problem("from", "deze datum ligt na 'until'.", "kies een eerdere datum.")
        before = day
        if answer.nl:
            yield Later(day, answer)


def _check(read: Reader) -> Check | None:
    """The check by a person: a day and a role, or neither."""
    if not (read.has("checked") or read.has("checked_by")):
        return None
    for there, missing, example in (
        ("checked", "checked_by", _EXAMPLE_ROLE),
        ("checked_by", "checked", _EXAMPLE_DAY),
    ):
        if read.has(there) and not read.has(missing):
            what = f"'{there}' staat er zonder '{missing}'."
            mend = (
                f"voeg toe: {missing} = {example}, of haal '{there}' weg. Ze horen bij elkaar: "
                "wie hield het antwoord naast de bron, en wanneer."
            )
            read.problem(there, what, mend)
    on = _day(read, "checked") if read.has("checked") else None
    by = read.take("checked_by", str, _EXAMPLE_ROLE, "") or ""
    if read.has("checked_by") and not by.strip():
        read.problem("checked_by", "hier staat geen rol.", f"schrijf: checked_by = {_EXAMPLE_ROLE}")
    return Check(on, by.strip()) if on and by.strip() else None


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


def _gaps(read: Reader) -> Iterator[Gap]:
    """What the answer leaves open; nothing, for most."""
    for number, table in enumerate(read.take("gaps", list, f"[{_EXAMPLE_GAP}]", []) or [], start=1):
        field = f"gaps[{number}]"
        if not isinstance(table, dict) or set(table) != {"unknown", "closes"}:
            what = "een open punt heeft unknown (wat we niet weten) en closes (waar het staat)."
            read.problem(field, what, f"schrijf: {_EXAMPLE_GAP}")
            continue
        unknown = read.strings(f"{field}.unknown", [table["unknown"]])
        closes = read.strings(f"{field}.closes", table["closes"])
        if table["closes"] == []:
            what = "er staat niet welke tekst of wie dit kan vertellen."
            read.problem(f"{field}.closes", what, f"schrijf: {_EXAMPLE_GAP}")
        if unknown and closes:
            yield Gap(unknown[0], closes)
