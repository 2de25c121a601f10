"""The worst that a member can type, for whatever reads it: strings that grow, repeat, or nearly match."""

import random

LONGEST = 2_000
"""Characters of a message that a dialog looks at."""


def _words(count, length, seed=1):
    choice = random.Random(seed).choice  # noqa: S311 - strings, no secret
    word = lambda: "".join(choice("abcdefghijklmnopqrstuvwxyz") for _ in range(length))  # noqa: E731
    return " ".join(word() for _ in range(count))


# What grows where it is normalised, folded or unescaped.
GROWING = {
    "eighteen letters in one": "\ufdfa",
    "a pause and those": "pauze tot " + "\ufdfa" * LONGEST,
    "those as words": "\ufdfa ",
    "eight letters in one": "\ufdfb",
    "square words": "\u3300 ",
    "sharp s": "ß",
    "three letters where lower": "ΐ",
    "accents upon accents": "a" + "\u0300\u0316" * LONGEST,
    "fractions": "½ ",
    "entities": "&NotEqualTilde;",
    "entities without an end": "&amp",
    "emoji of a family": "👨‍👩‍👧‍👦",
}
# What nearly matches, again and again.
REPEATING = {
    **{
        part: f"{part} "
        for part in (
            *("pauze tot", "tot", "t/m", "een dag en", "drie weken", "1", "1-1", "1/1/1", "12 mei"),
            *("volgende week", "maandag", "week 3", "vooraf", "half", "kwartier", "van 1 tot"),
            *("niet", "stop niet", "stop", "aanmelden", "wat?", "hoe en wat", "en", "of", "eerste"),
            *(
                "goedemorgen",
                "hoi",
                "bedankt",
                "met vriendelijke groet,",
                "groetjes",
                "kind regards",
            ),
            *(
                "verzonden vanaf mijn",
                "fw:",
                "re:",
                "https://a",
                "@a",
                "<at>",
                "<quoted",
                "></",
                "&lt;",
            ),
            *("trede5", "niveau 3", "4.0", "co 2", "certificaat", "certifikaat", "herinnering"),
            *("januari", "die van mei", "bijeenkomst", "nummer 2", "the", "don't", "please"),
        )
    },
    "spaces before a word": " " * (LONGEST - 1) + "x",
    "spaces after a word": "stop" + " " * LONGEST,
    "spaces inside": "stop" + " " * (LONGEST - 5) + "x",
    "lines": "\n" * (LONGEST - 1) + "x",
    "lines of a word": "a\n",
    "tabs": "\t \xa0",
    "commas": ", ",
    "dots": "1.1.",
    "points": ".",
    "question marks": "?",
    "quotes": "'",
    "double quotes": '"a',
    "hyphens": "a-",
    "dashes": "-",
    "slashes": "a/",
    "brackets": "([{",
    "figures": "1",
    "a letter": "a",
    "letters": "a ",
    "underscores": "_",
    "stars": "*a",
    "greater": ">",
    "greater lines": "> a\n",
    "colons": "a: ",
}
RANDOM = {
    f"{count} words of {length}": _words(count, length)
    for count, length in ((1_000, 1), (660, 2), (500, 3), (330, 5), (150, 12), (48, 40), (10, 199))
}


def filled(part, length=LONGEST):
    """`part` again and again, to this length."""
    return (part * (length // len(part) + 1))[:length]


WORST = {name: filled(part) for name, part in (GROWING | REPEATING | RANDOM).items()}
"""What it is → the string, of `LONGEST` characters."""
