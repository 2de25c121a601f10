"""Example questions: what `faq/content/questions/*.tsv` must look like, and the values it becomes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq.entries import normalized
from faq.errors import Problem
from faq.language import LANGUAGES
from faq.table import SAVE_AS, cells, delimiter_of, encoding_of

HEADER = ("question", "expected", "lang", "style")
STYLES = ("plain", "keyword", "chatty", "typo", "mixed")
OUT_OF_SCOPE = "-"
"""`expected` of a message that nobody can answer."""
QUESTION_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Example:
    """A message as people type it, and where it must lead: an entry's id, `@command` or `-`."""

    question: str
    expected: str
    language: str
    style: str
    author: str
    """The file's name: who wrote it."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An example and where it stands."""

    example: Example
    file: str
    line: int


def parse(
    files: Mapping[str, bytes], ids: Collection[str] | None, commands: Collection[str]
) -> tuple[list[Example], list[Problem]]:
    """Read the example files, given as name → content; every wrong line is a problem of its own.

    Args:
        files: name → content.
        ids: of the entries; None where not all are known, then any may be named.
        commands: the ids of the commands, without their @.
    """
    targets = None
    if ids is not None:
        targets = {OUT_OF_SCOPE, *ids, *(f"@{command}" for command in commands)}
    problems: list[Problem] = []
    placed: list[_Placed] = []
    for file, raw in sorted(files.items()):
        placed += _file(file, raw, targets, problems)
    return list(_once(placed, problems)), problems


def with_shipped(
    own: Collection[Example], phrasings: Iterable[str], shipped: Iterable[Example]
) -> list[Example]:
    """The organiser's own examples and those that ship with the bot, by author.

    An own example says otherwise than a shipped one, and what has an answer here is not taught as
    what nobody can answer.
    """
    placed = {_key(example.question) for example in own}
    answered = {_key(phrasing) for phrasing in phrasings}
    rest = [
        example
        for example in shipped
        if (key := _key(example.question)) not in placed
        and not (example.expected == OUT_OF_SCOPE and key in answered)
    ]
    return sorted([*own, *rest], key=lambda example: example.author)


def _key(question: str) -> str:
    # Noise has no letters or digits; then the line itself is what must differ.
    return normalized(question) or question


def _file(
    file: str, raw: bytes, targets: Collection[str] | None, problems: list[Problem]
) -> Iterator[_Placed]:
    """The examples of one file."""
    author = file.rsplit("/", 1)[-1].removesuffix(".tsv")
    for number, row in _rows(file, raw, problems):
        mistake = _mistake(row, targets)
        if mistake:
            what, mend, missing = mistake
            problems.append(Problem(file=file, line=number, what=what, mend=mend, missing=missing))
        else:
            question, expected, language, style = row
            example = Example(question, expected, language, style, author)
            yield _Placed(example, file, number)


def _rows(file: str, raw: bytes, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The cells of the lines below the header that are not empty, with their numbers."""
    encoding = encoding_of(raw)
    try:
        lines = raw.decode(encoding).splitlines()
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        what = "deze regel is geen UTF-8."
        problems.append(Problem(file=file, line=number, what=what, mend=f"{SAVE_AS}."))
        return
    delimiter = delimiter_of(lines[0], HEADER) if lines else ""
    if not delimiter:
        mend = f"schrijf, met tabs ertussen: {' '.join(HEADER)}"
        problems.append(Problem(file=file, line=1, what="de eerste regel klopt niet.", mend=mend))
        return
    for number, line in enumerate(lines[1:], start=2):
        row = cells(line, delimiter, len(HEADER))
        if any(row):
            yield number, row


def _mistake(row: Sequence[str], targets: Collection[str] | None) -> tuple[str, str, str] | None:
    """What is wrong with a line, how to mend it, and the id that is missing; None where it is right."""
    if len(row) != len(HEADER):
        what = f"er staan {len(row)} kolommen; het zijn er {len(HEADER)}."
        return what, "zet tussen de kolommen hetzelfde teken als in de eerste regel.", ""
    question, expected, language, style = row
    if not question or len(question) > QUESTION_MAX:
        return "de vraag is leeg of te lang.", f"houd haar op 1 tot {QUESTION_MAX} tekens.", ""
    if targets is not None and expected not in targets:
        mend = "gebruik een id uit faq/*.toml, een @opdracht of -."
        return f"{expected!r} bestaat niet.", mend, expected
    if language not in LANGUAGES:
        what = f"de taal {language!r} kennen we niet."
        return what, f"gebruik {' of '.join(LANGUAGES)}.", ""
    if style not in STYLES:
        return f"de stijl {style!r} kennen we niet.", f"kies uit {', '.join(STYLES)}.", ""
    return None


def _once(placed: Sequence[_Placed], problems: list[Problem]) -> Iterator[Example]:
    """Every question once; that one leads to two places is a problem."""
    first: dict[str, _Placed] = {}
    for this in placed:
        other = first.setdefault(_key(this.example.question), this)
        if other is this:
            yield this.example
        elif other.example.expected != this.example.expected:
            what = (
                f"deze vraag staat ook in {other.file}:{other.line}, "
                f"met {other.example.expected} als antwoord."
            )
            mend = "laat haar op één plek staan."
            problems.append(Problem(file=this.file, line=this.line, what=what, mend=mend))
