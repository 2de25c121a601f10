"""Conversations that others wrote, played with the shipped content: tests/talks/README.md says how to add one."""

import pytest

from tests.support.talks import TALKS, Member, read_talks

ALL = [talk for path in sorted(TALKS.glob("*.tsv")) for talk in read_talks(path)]


@pytest.mark.parametrize("talk", ALL, ids=[talk.name for talk in ALL])
def test_a_conversation_goes_as_its_author_expects(shipped_context, tmp_path, talk):
    member = Member(shipped_context, tmp_path, talk.place)
    try:
        wrong, mended = [], []
        for turn in talk.turns:
            faults = member.say(turn)
            if turn.known_fault and not faults:
                mended.append(f"{turn.where}: goes well now: take the question mark away")
            elif not turn.known_fault:
                wrong += faults
    finally:
        member.close()

    assert not wrong + mended, "\n".join(wrong + mended)


FALSE = [
    "answer geldigheid-certificaat", "choice geldigheid-certificaat", "near geldigheid-certificaat",
    "command thanks", "unknown", "not @greeting", "on", "leads default", "pause 2026-12-24 2027-01-05",
    "language en", "text appeltaart", "no-text hallo", "kept",
]  # fmt: skip


@pytest.mark.parametrize("expectation", FALSE)
def test_what_is_not_true_of_a_reply_is_reported(shipped_context, tmp_path, expectation):
    (turn,) = one_talk(tmp_path, f"> hoi\t{expectation}").turns
    member = Member(shipped_context, tmp_path, "personal")
    try:
        (fault,) = member.say(turn)
    finally:
        member.close()

    assert expectation in fault
    assert turn.where in fault


@pytest.mark.parametrize("line", ["hoi", "> hoi", "> hoi\t ;"])
def test_a_line_that_is_none_of_the_format_is_named(tmp_path, line):
    with pytest.raises(ValueError, match=r"een\.tsv:2"):
        one_talk(tmp_path, line)


def one_talk(folder, lines):
    path = folder / "een.tsv"
    path.write_text(f"## een\n{lines}\n", "utf-8")
    (talk,) = read_talks(path)
    return talk
