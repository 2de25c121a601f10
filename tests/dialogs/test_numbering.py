"""Numbers that go on with the talk: tables of (message, number), and what is told of it by the shipped content."""

import pytest

from dialogs.numbering import Number, lines, number_in, sibling, spelled_out
from tests.support.content import texts

NUMBERS = [
    ("en 3?", "3", ""), ("en trede 4 dan?", "4", "trede"), ("niveau 5?", "5", "niveau"), ("op trede 1", "1", "trede"),
    ("and level 2", "2", "level"), ("what about step 3?", "3", "step"), ("de tweede stap", "2", "stap"),
    ("en D?", "d", ""), ("wat is de derde", "3", ""), ("and the 2nd one", "", ""), ("trede5", "", ""),
    ("scope 1 en 2", "", ""), ("en versie 4.0", "", ""), ("trede 2 en de kosten", "", ""), ("niveau", "", ""),
    ("hoe haal ik trede 2", "", ""), ("2", "", ""), ("en 10", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "noun"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_a_message_that_is_a_number_is_read(text, value, noun):
    assert number_in(texts(), text) == (Number(value, noun) if value else None)


SIBLINGS = [
    ("trede-1-eisen", Number("3", ""), "trede-3-eisen"), ("trede-1-eisen", Number("2", "trede"), "trede-2-eisen"),
    ("trede-1-eisen", Number("2", "niveau"), None), ("trede-3-eisen", Number("4", ""), None),
    ("scopes-1-2-3", Number("3", ""), None), ("niveaus-3-1-inhoud", Number("2", ""), None),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "number", "other"), SIBLINGS)
def test_after_one_of_a_row_its_number_leads_to_the_other(shipped_context, entry, number, other):
    about = shipped_context.knowledge.entries[entry]
    following = sibling(shipped_context, about, number, "nl")

    assert (following.id if following else None) == other


LINES = [
    ("samenwerking-en-initiatieven", Number("3", "niveau"), "actief"),
    ("reductiedoelstellingen", Number("4", ""), "Niveau 4 en 5"),
    ("invalshoeken", Number("d", ""), "Participatie"), ("invalshoeken", Number("2", ""), "Reductie"),
    ("stappenplan-certificering", Number("3", "stap"), "Audit en certificaat"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "number", "has"), LINES)
def test_the_lines_of_a_number_are_those_that_begin_with_it(shipped_context, entry, number, has):
    about = shipped_context.knowledge.entries[entry]
    (line,) = lines(shipped_context, about, number, "nl")

    assert has in line.text


@pytest.mark.parametrize(
    ("entry", "number", "none"),
    [
        ("stappenplan-certificering", Number("7", "stap"), []),
        ("geldigheid-certificaat", Number("7", ""), None),
        ("trede-3-eisen", Number("3", "niveau"), None),
    ],
)
def test_a_number_that_is_not_there_has_no_line(shipped_context, entry, number, none):
    about = shipped_context.knowledge.entries[entry]

    assert lines(shipped_context, about, number, "nl") == none


@pytest.mark.parametrize(
    ("text", "question", "spelled"),
    [
        ("en 3", "verschil tussen trede 1 en trede 2", "trede 3"),
        ("and 4?", "what is level 3", "level 4"),
        ("en niveau 3", "wat is trede 1", "en niveau 3"),
        ("en 3", "wat kost een certificaat", "en 3"),
    ],
)
def test_a_bare_number_takes_what_the_question_before_numbers(text, question, spelled):
    assert spelled_out(texts(), text, question) == spelled
