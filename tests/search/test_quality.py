"""The project's own questions, which nothing learned from: what must not get worse."""

import pytest

from bench.quality import Answered, answer_all, first_share, rows
from dialogs.values import Outcome
from tests.support import ROOT
from tests.support.clock import Clock
from tests.support.content import shipped_content

QUESTIONS = sorted(map(str, (ROOT / "tests" / "questions").glob("*.tsv")))


@pytest.fixture(scope="module")
def answered(shipped_context):
    return answer_all(shipped_context, QUESTIONS, Clock()())


def share(lines, *verdicts):
    return sum(line.verdict in verdicts for line in lines) / len(lines)


@pytest.mark.parametrize(
    ("language", "once", "suggested"), [("nl", 0.88, 0.97), ("en", 0.85, 0.97)]
)
def test_questions_are_answered(answered, language, once, suggested):
    lines = [a for a in answered if a.kind == "entry" and a.language == language]

    assert share(lines, "right") >= once
    assert share(lines, "right", "suggested") >= suggested


def test_few_are_told_something_wrong(answered):
    assert share([a for a in answered if a.kind != "oos"], "wrong") <= 0.02


def test_what_nobody_can_answer_is_not_answered(answered):
    assert share([a for a in answered if a.kind == "oos"], "answered") <= 0.05


def test_commands_are_recognised(answered):
    assert share([a for a in answered if a.kind == "command"], "right") >= 0.95


def test_none_of_these_is_learned_from():
    known = {example.question.casefold() for example in shipped_content().examples}

    assert [q for q, *_ in rows(QUESTIONS) if q.casefold() in known] == []


def test_a_list_counts_as_right_first_where_it_holds_what_was_asked():
    lists = [("a", ("a", "b")), ("b|c", ("c",)), ("b", ("a", "b")), ("z", ("a",)), ("-", ("a",))]
    lines = [
        Answered(
            question="?",
            expected=expected,
            language="nl",
            style="plain",
            origin="x",
            outcome=Outcome(kind="suggest", language="nl", suggestions=offered),
        )
        for expected, offered in lists
    ]

    assert first_share(lines) == (3, 2 / 3)


def test_a_line_has_the_origin_of_its_source_else_of_its_file(tmp_path):
    header = "question\texpected\tlang\tstyle"
    (tmp_path / "a.tsv").write_text(f"{header}\nq\te\tnl\tplain\n", "utf-8")
    (tmp_path / "b.tsv").write_text(f"{header}\tsource\nq\te\tnl\tplain\tForum: 3\n", "utf-8")

    files = [str(tmp_path / name) for name in ("a.tsv", "b.tsv")]
    assert [origin for *_, origin in rows(files)] == ["a", "Forum"]
