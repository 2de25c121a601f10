"""Example questions: what `faq/content/questions/*.tsv` must look like, and the values it becomes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq.entries import plain
from faq.errors import Problem
from faq.language import LANGUAGES

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
    hand: str
    """The file's name: who wrote it."""


def parse(
    files: Mapping[str, bytes], ids: Collection[str], commands: Collection[str]
) -> tuple[list[Example], list[Problem]]:
    """Read the example files, given as name → content; every wrong line is a problem of its own."""
    problems: list[Problem] = []
    examples: list[Example] = []
    places: list[tuple[str, int]] = []
    for file, raw in sorted(files.items()):

        def wrong(
            line: int, what: str, mend: str, *, file: str = file, warning: bool = False
        ) -> None:
            problems.append(Problem(file=file, line=line, what=what, mend=mend, warning=warning))

        try:
            lines = raw.decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            wrong(
                raw.count(b"\n", 0, error.start) + 1,
                "deze regel is geen UTF-8.",
                "sla het bestand op als UTF-8.",
            )
            continue
        if not lines or tuple(lines[0].split("\t")) != HEADER:
            wrong(
                1, "de eerste regel klopt niet.", f"schrijf, met tabs ertussen: {' '.join(HEADER)}"
            )
            continue
        hand = file.rsplit("/", 1)[-1].removesuffix(".tsv")
        for number, line in enumerate(lines[1:], start=2):
            if not line.strip():
                continue
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) != len(HEADER):
                wrong(
                    number,
                    f"er staan {len(cells)} kolommen; het zijn er {len(HEADER)}.",
                    "scheid ze met tabs.",
                )
                continue
            question, expected, language, style = cells
            if not question or len(question) > QUESTION_MAX:
                wrong(
                    number,
                    "de vraag is leeg of te lang.",
                    f"houd haar op 1 tot {QUESTION_MAX} tekens.",
                )
            elif expected != OUT_OF_SCOPE and expected.removeprefix("@") not in (
                commands if expected.startswith("@") else ids
            ):
                wrong(
                    number,
                    f"{expected!r} bestaat niet.",
                    "gebruik een id uit faq/*.toml, een @opdracht of -.",
                )
            elif language not in LANGUAGES:
                wrong(
                    number,
                    f"de taal {language!r} kennen we niet.",
                    f"gebruik {' of '.join(LANGUAGES)}.",
                )
            elif style not in STYLES:
                wrong(
                    number, f"de stijl {style!r} kennen we niet.", f"kies uit {', '.join(STYLES)}."
                )
            else:
                examples.append(Example(question, expected, language, style, hand))
                places.append((file, number))
    return list(_once(examples, places, problems)), problems


def _once(
    examples: Sequence[Example], places: Sequence[tuple[str, int]], problems: list[Problem]
) -> Iterator[Example]:
    """Every question once; that one leads to two places is a problem."""
    first: dict[str, int] = {}
    for at, example in enumerate(examples):
        # Noise has no letters or digits; then the line itself is what must differ.
        key = plain(example.question) or example.question
        other = first.setdefault(key, at)
        if other == at:
            yield example
        elif examples[other].expected != example.expected:
            (file, line), (where, there) = places[at], places[other]
            what = f"deze vraag staat ook in {where}:{there}, met {examples[other].expected} als antwoord."
            mend = "laat haar op één plek staan."
            problems.append(Problem(file=file, line=line, what=what, mend=mend))
