"""The organiser's files: every mistake is found, named and can be mended."""

from datetime import UTC, date, datetime

import pytest

from bot.content.checks import check
from bot.content.reading import parse, read_files
from faq import entries_file, entry_dates, examples, readability, synonyms
from faq.entries import Check
from faq.errors import errors
from tests.support import ROOT

CONTENT = ROOT / "faq" / "content"

ENTRY = """
[[entry]]
id = "geldigheid"
handbook = ["3.1"]
question.nl = ["Hoe lang is een certificaat geldig?", "geldigheid certificaat", "hoe lang mee"]
question.en = ["How long is it valid?"]
answer.nl = "Drie jaar."
answer.en = "Three years."
sources = [{ title = "SKAO", url = "https://www.skao.nl/x" }]
read = 2026-11-23
review_by = 2027-05-01
owner = "Redactie"
related = []
"""
CHECKED = 'checked = 2026-12-01\nchecked_by = "CoP"\n'
LATER = """
[[entry.later]]
from = 2027-01-15
answer.nl = "Vier jaar."
answer.en = "Four years."
"""
THEME = 'theme.nl = "Thema"\ntheme.en = "Theme"\n'


def read(text, more=""):
    return entries_file.parse({"faq/een.toml": (THEME + text + more).encode()})


def test_a_good_file_is_read_without_a_word():
    knowledge, problems = read(ENTRY)

    assert problems == []
    assert knowledge.entries["geldigheid"].title("en") == "How long is it valid?"
    assert knowledge.entries["geldigheid"].theme.nl == "Thema"


OTHER = ENTRY.replace('"geldigheid"', '"ander"')
WRONG = [
    ("unknown key", ENTRY + 'kleur = "rood"\n', "kleur", "kennen we niet"),
    ("missing key", ENTRY.replace('owner = "Redactie"\n', ""), "owner", "ontbreekt"),
    ("wrong kind", ENTRY.replace('owner = "Redactie"', "owner = 5"), "owner", "juiste vorm"),
    (
        "double id",
        ENTRY
        + ENTRY.replace("Hoe lang", "Hoe kort")
        .replace("geldigheid cert", "duur cert")
        .replace("lang mee", "kort mee"),
        "id",
        "bestaat al",
    ),
    (
        "not kebab-case",
        ENTRY.replace('"geldigheid"', '"Geldigheid_Certificaat"'),
        "id",
        "geen goed id",
    ),
    (
        "unknown related",
        ENTRY.replace("related = []", 'related = ["bestaat-niet"]'),
        "related",
        "bestaat niet",
    ),
    (
        "related to itself",
        ENTRY.replace("related = []", 'related = ["geldigheid"]'),
        "related",
        "zichzelf",
    ),
    ("too long", ENTRY.replace("Drie jaar.", "a" * 901), "answer.nl", "901 tekens"),
    ("no such fact", ENTRY.replace("Drie jaar.", "{facts.weer}"), "answer.nl", "{facts.weer}"),
    ("url without https", ENTRY.replace("https://", "http://"), "sources[1].url", "geen webadres"),
    (
        "url with a space",
        ENTRY.replace("skao.nl/x", "skao.nl/x y"),
        "sources[1].url",
        "geen webadres",
    ),
    ("source without title", ENTRY.replace('title = "SKAO", ', ""), "sources[1]", "geen titel"),
    (
        "no source",
        ENTRY.replace('[{ title = "SKAO", url = "https://www.skao.nl/x" }]', "[]"),
        "sources",
        "geen bron",
    ),
    (
        "date as text",
        ENTRY.replace("read = 2026-11-23", 'read = "gisteren"'),
        "read",
        "juiste vorm",
    ),
    (
        "date with time",
        ENTRY.replace("read = 2026-11-23", "read = 2026-11-23T10:00:00"),
        "read",
        "zonder tijd",
    ),
    ("never read", ENTRY.replace("read = 2026-11-23\n", ""), "read", "ontbreekt"),
    ("review before reading", ENTRY.replace("2027-05-01", "2026-01-01"), "review_by", "'read'"),
    ("review before checking", ENTRY + CHECKED.replace("2026", "2028"), "review_by", "'checked'"),
    ("checked by nobody", ENTRY + "checked = 2026-12-01\n", "checked", "zonder 'checked_by'"),
    ("checked at no time", ENTRY + 'checked_by = "CoP"\n', "checked_by", "zonder 'checked'"),
    ("checked by an empty role", ENTRY + CHECKED.replace("CoP", " "), "checked_by", "geen rol"),
    ("checked by a number", ENTRY + CHECKED.replace('"CoP"', "5"), "checked_by", "juiste vorm"),
    ("checked as text", ENTRY + CHECKED.replace("2026-12-01", '"ooit"'), "checked", "juiste vorm"),
    ("over before it begins", ENTRY + "from = 2027-01-02\nuntil = 2027-01-01\n", "until", "'from'"),
    ("later as text", ENTRY + 'later = "x"\n', "later", "juiste vorm"),
    ("later in words", ENTRY + 'later = ["x"]\n', "later[1]", "geen tabel"),
    (
        "later without a day",
        ENTRY + LATER.replace("from = 2027-01-15", ""),
        "later[1].from",
        "ontbreekt",
    ),
    (
        "later without words",
        ENTRY + "[[entry.later]]\nfrom = 2027-01-15\n",
        "later[1].answer",
        "ontbreekt",
    ),
    ("later too long", ENTRY + LATER.replace("Vier jaar.", "a" * 901), "later[1].answer.nl", "901"),
    ("two on one day", ENTRY + LATER + LATER, "later[2].from", "niet na"),
    ("later after the end", ENTRY + "until = 2027-01-14\n" + LATER, "later[1].from", "na 'until'"),
    ("a field below later", ENTRY + LATER + 'owner = "X"\n', "later[1].owner", "kennen we niet"),
    ("gap in words", ENTRY + 'gaps = ["hoe lang"]\n', "gaps[1]", "unknown (wat"),
    ("gap without a text", ENTRY + 'gaps = [{ unknown = "x" }]\n', "gaps[1]", "closes (waar"),
    (
        "gap of nothing",
        ENTRY + 'gaps = [{ unknown = "", closes = ["x"] }]\n',
        "gaps[1].unknown",
        "teksten",
    ),
    (
        "gap closed by nobody",
        ENTRY + 'gaps = [{ unknown = "x", closes = [] }]\n',
        "gaps[1].closes",
        "welke tekst",
    ),
    (
        "gap closed by one text",
        ENTRY + 'gaps = [{ unknown = "x", closes = "y" }]\n',
        "gaps[1].closes",
        "lijst",
    ),
    ("gaps as text", ENTRY + 'gaps = "x"\n', "gaps", "juiste vorm"),
    ("unknown version", ENTRY.replace('["3.1"]', '["5.0"]'), "handbook", "kennen we niet"),
    (
        "too few phrasings",
        ENTRY.replace(', "geldigheid certificaat", "hoe lang mee"', ""),
        "question.nl",
        "3 tot 8",
    ),
    ("phrasing twice", ENTRY + OTHER, "question.nl", "staat ook bij geldigheid"),
    ("unknown language", ENTRY.replace("answer.en", "answer.de"), "answer.de", "taal"),
    ("empty text", ENTRY.replace('"Drie jaar."', '"  "'), "answer.nl", "ontbreekt"),
]


@pytest.mark.parametrize(
    ("text", "field", "says"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_mistake_is_named_with_its_place_and_its_mend(text, field, says):
    problems = errors(read(text)[1])

    assert any(
        p.field == field and says in p.what and p.mend and p.file == "faq/een.toml"
        for p in problems
    ), problems


def test_all_mistakes_of_all_files_come_at_once():
    bad = (THEME + ENTRY.replace("https://", "ftp://").replace("2027-05-01", "1999-01-01")).encode()
    _, problems = entries_file.parse({"faq/a.toml": bad, "faq/b.toml": b"theme = ["})

    assert {p.file for p in problems} == {"faq/a.toml", "faq/b.toml"}
    assert len(errors(problems)) >= 3


def test_a_syntax_error_has_line_and_column():
    _, problems = read(ENTRY.replace('owner = "Redactie"', 'owner = "Redactie'))

    assert (problems[0].line, problems[0].column) == (14, 18)
    assert "faq/een.toml:14:18" in str(problems[0])


def test_a_file_that_is_no_utf8_has_its_line():
    _, problems = entries_file.parse({"faq/a.toml": b"theme.nl = 'x'\n# caf\xe9\n"})

    assert (problems[0].line, problems[0].what) == (2, "deze regel is geen UTF-8.")


def test_english_that_is_missing_is_only_a_warning():
    _, problems = read(ENTRY.replace('answer.en = "Three years."\n', ""))

    assert [(p.field, p.warning) for p in problems] == [("answer.en", True)]


def test_a_check_is_a_day_and_a_role():
    knowledge, problems = read(ENTRY, CHECKED)

    assert problems == []
    assert knowledge.entries["geldigheid"].check == Check(date(2026, 12, 1), "CoP")
    assert read(ENTRY)[0].entries["geldigheid"].check is None


def test_what_is_past_its_review_date_is_a_warning_in_check():
    knowledge, _ = read(ENTRY)

    assert [p.field for p in entry_dates.problems(knowledge, date(2027, 5, 1))] == ["review_by"]
    assert list(entry_dates.problems(knowledge, date(2027, 4, 30))) == []


def test_what_is_over_or_was_replaced_is_a_warning_in_check():
    over, _ = read(ENTRY, "until = 2027-01-14\n")
    replaced, _ = read(ENTRY, LATER)

    def warned(knowledge, day):
        return [p.field for p in entry_dates.problems(knowledge, day)]

    assert (warned(over, date(2027, 1, 14)), warned(over, date(2027, 1, 15))) == ([], ["until"])
    assert (warned(replaced, date(2027, 1, 14)), warned(replaced, date(2027, 1, 15))) == (
        [],
        ["later"],
    )


def test_a_day_that_has_not_come_yet_is_a_warning_in_check():
    knowledge, _ = read(ENTRY, CHECKED)

    warned = list(entry_dates.problems(knowledge, date(2026, 11, 22)))

    assert [(p.field, p.warning, p.line) for p in warned] == [
        ("read", True, 4),
        ("checked", True, 4),
    ]
    assert all("nog niet geweest" in p.what for p in warned)


def test_every_warning_of_check_names_the_file_and_the_line_of_its_field():
    officialese = OTHER.replace("Drie jaar.", "Indien mogelijk.").replace("Hoe lang", "Waarom")
    officialese = officialese.replace("geldigheid cert", "nut cert").replace("lang mee", "nuttig")
    officialese = officialese.replace("How long", "Why")
    raw = {
        "faq/een.toml": (THEME + ENTRY).encode(),
        "faq/twee.toml": (THEME + officialese).encode(),
    }

    _, problems = check(raw, datetime(2027, 5, 1, tzinfo=UTC))

    lines = {file: text.decode().splitlines() for file, text in raw.items()}
    assert [
        (p.file, p.entry, lines[p.file][p.line - 1].partition(" =")[0]) for p in problems if p.entry
    ] == [
        ("faq/een.toml", "geldigheid", "review_by"),
        ("faq/twee.toml", "ander", "review_by"),
        ("faq/twee.toml", "ander", "answer.nl"),
    ]


def test_a_later_answer_is_held_against_plain_dutch_too():
    knowledge, _ = read(ENTRY, LATER.replace("Vier jaar.", "Vier jaar, indien mogelijk."))

    assert [p.field for p in readability.problems(knowledge)] == ["later[1].answer.nl"]


def test_a_mistake_in_the_second_entry_of_a_file_has_the_line_of_that_entry():
    _, problems = read(
        ENTRY, OTHER.replace("related = []", 'related = ["bestaat-niet"]') + "kleur = 1\n"
    )

    lines = {p.field: p.line for p in problems if p.entry == "ander"}
    assert lines == {"question.nl": 17, "question.en": 17, "related": 17, "kleur": 17}


COMMANDS = {"help"}
HEADER = "question\texpected\tlang\tstyle\n"
LINES = [
    ("columns", "hoe lang\tgeldigheid\tnl\n", "3 kolommen"),
    ("unknown id", "hoe lang\tbestaat-niet\tnl\tplain\n", "bestaat niet"),
    ("unknown command", "hoi\t@dansen\tnl\tplain\n", "bestaat niet"),
    ("unknown language", "hoi\t-\tde\tplain\n", "taal"),
    ("unknown style", "hoi\t-\tnl\tboos\n", "stijl"),
    ("empty", "\t-\tnl\tplain\n", "leeg"),
    ("two answers", "Hoe lang?\tgeldigheid\tnl\tplain\nhoe lang\t-\tnl\tplain\n", "staat ook in"),
]


@pytest.mark.parametrize(
    ("text", "says"), [line[1:] for line in LINES], ids=[line[0] for line in LINES]
)
def test_a_wrong_example_line_is_named(text, says):
    _, problems = examples.parse(
        {"questions/a.tsv": (HEADER + text).encode()}, {"geldigheid"}, COMMANDS
    )

    assert len(problems) == 1
    assert says in problems[0].what
    assert problems[0].line >= 2


def test_an_example_file_without_its_header_is_refused():
    _, problems = examples.parse({"questions/a.tsv": b"hoi\t-\tnl\tplain\n"}, set(), COMMANDS)

    assert problems[0].line == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'groups = [["rws", "rijkswaterstaat"], ["prorail", "RWS"]]',
            "staat in groep 1 en in groep 2",
        ),
        ('groups = [["rws"]]', "geen lijst van twee"),
        ('groups = [["rws", "rws"]]', "twee keer"),
        ("woorden = 1", "kennen we niet"),
        ("groups = 1", "geen lijst"),
    ],
)
def test_a_clash_of_synonyms_is_named(text, says):
    _, problems = synonyms.parse(text.encode())

    assert any(says in p.what for p in problems)


def test_synonyms_make_two_words_one():
    groups, _ = synonyms.parse(
        b'groups = [["rijkswaterstaat", "rws"], ["certificerende instelling", "ci"]]'
    )

    assert (
        groups.unify("wat doet rws met een ci")
        == "wat doet rijkswaterstaat met een certificerende instelling"
    )


def test_the_shipped_content_is_accepted():
    raw, problems = read_files(CONTENT)
    content, more = parse(raw)

    assert errors(problems + more) == []
    assert len(content.knowledge.entries) >= 136
    assert all(
        entry.answer.en and entry.questions["en"] for entry in content.knowledge.entries.values()
    )
