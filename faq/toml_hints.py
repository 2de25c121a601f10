"""What an organiser most likely did where a TOML file cannot be read; the parser's own words are English."""

import re

_HINTS = (
    (
        re.compile(r"^\s*\[\["),
        "hierboven staat dezelfde naam met enkele haken",
        "schrijf overal dubbele, zoals [[entry]].",
    ),
    (
        re.compile("[\u201c\u201d\u201e\u2018\u2019]"),
        "hier staan krullende aanhalingstekens",
        'gebruik rechte: "',
    ),
    (re.compile("[\u00a0\u2007\u202f]"), "hier staat een vaste spatie", "typ een gewone spatie."),
    (
        re.compile(r"=\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"),
        "deze dag is andersom geschreven",
        "schrijf jaar, maand, dag: 2026-11-29",
    ),
    (
        re.compile(r"=\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?!:)"),
        "bij deze tijd ontbreken de seconden",
        "schrijf: 2026-12-08T10:00:00",
    ),
    (
        re.compile(
            r"=\s*\d{4}-(?:02-3|0[469]-31|11-31|00|1[3-9]|[2-9]\d|\d\d-(?:00|3[2-9]|[4-9]\d))"
        ),
        "deze dag bestaat niet",
        "kijk naar de maand en de dag: jaar-maand-dag.",
    ),
    (
        re.compile(r'"[^"]*\\(?![btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})'),
        "hier staat een losse \\",
        "schrijf / of \\\\.",
    ),
    (
        re.compile(r'^[^"#]*"(?:[^"]*"[^"]*")*[^"]*$'),
        "hier ontbreekt een aanhalingsteken",
        'zet om elke tekst twee keer een "',
    ),
    (
        re.compile(r'"\s+(?:\w+\s*=|")'),
        "hier ontbreekt een komma",
        'zet een komma tussen twee teksten of velden: "…", "…"',
    ),
    (
        re.compile(r'^\s*"'),
        "aan het eind van de regel hierboven ontbreekt een komma",
        "zet na elke tekst van een lijst een komma.",
    ),
)
"""What a line looks like, what is wrong with it, and the mend; the first that fits is told."""


UNENDED = (
    "dit is geen geldige TOML: het bestand houdt op midden in een tekst of lijst.",
    'kijk of het helemaal is opgeslagen, en zoek een """ of ] die ontbreekt.',
)
"""What is wrong, and the mend, where the parser only stopped at the end of the file."""


def hint(line: str) -> tuple[str, str]:
    """(what is wrong, the mend) of a line at which the parser stopped."""
    for looks, what, mend in _HINTS:
        if looks.search(line):
            return f"dit is geen geldige TOML: {what}.", mend
    mend = "kijk op deze plek naar aanhalingstekens, haakjes en komma's; vergelijk met een buur."
    return "dit is geen geldige TOML.", mend
