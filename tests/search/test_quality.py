"""The project's own questions, which nothing learned from: what must not get worse."""

import pytest

from bench.quality import rows, still_due
from dialogs import conversation
from dialogs.values import ConversationState, Message
from tests.conftest import Clock
from tests.support import ROOT

QUESTIONS = ROOT / "tests" / "questions"


@pytest.fixture(scope="module")
def judged(trained):
    now = Clock()()
    return [
        (expected, language, still_due(conversation.respond(trained, Message(text=question, at=now), ConversationState()).outcome, expected))
        for _, question, expected, language, _ in rows(sorted(map(str, QUESTIONS.glob("*.tsv"))))
    ]  # fmt: skip


def share(found, *verdicts):
    return sum(verdict in verdicts for _, _, verdict in found) / len(found)


@pytest.mark.parametrize(
    ("language", "once", "suggested"), [("nl", 0.88, 0.97), ("en", 0.85, 0.97)]
)
def test_questions_are_answered(judged, language, once, suggested):
    some = [j for j in judged if j[0][0] not in "-@" and j[1] == language]

    assert share(some, "right") >= once
    assert share(some, "right", "suggested") >= suggested


def test_few_are_told_something_wrong(judged):
    assert share([j for j in judged if j[0] != "-"], "wrong") <= 0.02


def test_what_nobody_can_answer_is_not_answered(judged):
    assert share([j for j in judged if j[0] == "-"], "answered") <= 0.05


def test_commands_are_recognised(judged):
    assert share([j for j in judged if j[0][0] == "@"], "right") >= 0.95


def test_none_of_these_is_learned_from(trained):
    learned = ROOT / "faq" / "content" / "questions"
    known = {
        line.split("\t")[0].casefold()
        for file in learned.glob("*.tsv")
        for line in file.read_text("utf-8").splitlines()[1:]
    }
    asked = [q for _, q, *_ in rows(map(str, QUESTIONS.glob("*.tsv")))]

    assert [q for q in asked if q.casefold() in known] == []
