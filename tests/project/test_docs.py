"""The figures in the documentation are those of the code."""

import re
import tomllib

import pytest

from bot import rate_limit, web
from bot.limits import limits_here
from bot.teams.auth import BODY_SECONDS
from bot.teams.connector import ANSWER_SECONDS
from bot.teams.keys import AGAIN_AFTER
from bot.teams.sdk import RULES
from bot.turns import NORMAL
from dialogs.conversation import QUESTION_MAX
from faq import entries_file
from faq.entry_fields import ANSWER_MAX, PHRASINGS_MAX, PHRASINGS_MIN
from tests.support import ROOT
from tests.support.source import sources

FIGURES = [
    ("operate.md", r"A turn over ([\d.]+) s is cut", NORMAL.turn),
    ("operate.md", r"a body over (\d+) KiB", web.MAX_BODY / 1024),
    ("operate.md", r"([\d,]+) characters of a message", QUESTION_MAX),
    ("operate.md", r"Teams allows (\d+)\)", rate_limit.CEILING),
    ("operate.md", r"(\d+)/s per conversation", rate_limit.WINDOWS[0][1]),
    ("operate.md", r"expiry \((\d+) minutes' leeway\)", RULES.leeway.total_seconds() / 60),
    ("sdk.md", r"\| ([\d.]+) \| typing is shown", NORMAL.typing),
    ("sdk.md", r"\| ([\d.]+) \| the turn is cut off", NORMAL.turn),
    ("sdk.md", r"\| ([\d.]+) \| the request is answered", NORMAL.answer),
    ("sdk.md", r"message extension is cut after ([\d.]+) s", NORMAL.query),
    ("sdk.md", r"one pooled session, (\d+) s", ANSWER_SECONDS),
    ("sdk.md", r"a body over (\d+) KiB", web.MAX_BODY / 1024),
    ("sdk.md", r"Headers of more than (\d+) KiB", limits_here().head_bytes / 1024),
    ("sdk.md", r"does not arrive within (\d+) s", BODY_SECONDS),
]
IN_WORDS = [
    ("sdk.md", "an unknown key at most every five minutes", AGAIN_AFTER, 5 * 60),
    ("sdk.md", "tried again up to twice", len(NORMAL.reply_backoff), 2),
]


def page(name):
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.mark.parametrize(("name", "pattern", "figure"), FIGURES, ids=[f[1] for f in FIGURES])
def test_a_figure_is_that_of_the_code(name, pattern, figure):
    shown = re.search(pattern, page(name))

    assert shown, f"docs/{name} no longer has {pattern}"
    assert float(shown[1].replace(",", "")) == figure


@pytest.mark.parametrize(
    ("name", "words", "figure", "meant"), IN_WORDS, ids=[row[1] for row in IN_WORDS]
)
def test_a_figure_in_words_is_that_of_the_code(name, words, figure, meant):
    assert words in page(name)
    assert figure == meant


def test_it_stops_within_what_the_page_says_and_before_a_supervisor_kills():
    within, grace = map(
        int,
        re.search(r"ends within (\d+) s.*Give a supervisor (\d+) s", page("operate.md")).groups(),
    )

    assert web.STOP_SECONDS < web.STOP_MAX < within < grace


def test_the_code_cites_only_pages_of_this_repository():
    """A reason that stands in somebody else's notes is no reason for who reads the code."""
    pages = {path.name for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md")}
    cited = {
        f"{path}: {name}"
        for path, source in sources("app.py", "bot", "dialogs", "faq", "tests", "bench").items()
        for name in re.findall(r"\b[\w-]+\.md\b|\bDESIGN \d", source)
        if name not in pages
    }

    assert cited == set()


ARCHITECTURE = page("architecture.md")


def test_every_path_of_the_architecture_page_exists():
    paths = set(
        re.findall(r"`((?:bot|dialogs|faq|tests)/[\w/.]*|app\.py|README\.md)`", ARCHITECTURE)
    )

    assert len(paths) > 40
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_part_of_the_picture_exists():
    picture = re.search(r"```text\n(.*?)```", ARCHITECTURE, re.DOTALL)[1]
    top, missing = "", []
    for line in picture.splitlines():
        name = line.split()[0]
        top = top if line.startswith(" ") else name
        path = top + name if line.startswith(" ") else name
        missing += [] if (ROOT / path).exists() else [path]

    assert missing == []


def test_the_examples_of_an_entry_can_be_used_as_they_stand():
    entry, later, open_points = re.findall(r"```toml\n(.*?)```", page("content.md"), re.DOTALL)
    raw = 'theme = { nl = "Thema", en = "Theme" }\n' + entry + open_points + later
    knowledge, problems = entries_file.parse({"faq/voorbeeld.toml": raw.encode()})

    assert problems == []
    assert len(knowledge.entries["geldigheid-certificaat"].gaps) == 1
    assert len(knowledge.entries["geldigheid-certificaat"].later) == 1
    assert f"hoogstens {ANSWER_MAX} tekens" in page("content.md")
    assert (PHRASINGS_MIN, PHRASINGS_MAX) == (3, 8)
    assert "drie tot acht manieren" in page("content.md")


def test_what_a_card_says_of_a_check_is_quoted_in_the_page_for_organisers():
    texts = tomllib.loads((ROOT / "dialogs" / "texts" / "nl.toml").read_text("utf-8"))["answer"]
    quoted = (
        texts["unchecked"].replace("{date}", "29 november 2026"),
        texts["checked"].replace("{date}", "3 december 2026").replace("{role}", "organisatie CoP"),
    )

    assert [text for text in quoted if f"*{text}*" not in page("content.md")] == []
