"""French and German are told from Dutch and English, and get what lies nearest."""

import pytest

from faq.search.foreign import language_of
from tests.support.content import shipped_content


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Combien coûte un certificat ?", "fr"), ("prix du certificat", "fr"), ("C'est quoi la différence entre les échelons ?", "fr"),
        ("Wie lange ist das Zertifikat gültig?", "de"), ("Kosten der Zertifizierung", "de"), ("Was ist Stufe 2?", "de"),
        ("niveau 3", None), ("Wie is de auditor?", None), ("des te beter als het in een keer kan", None), ("", None),
        ("Was dat niet de certificaathouder?", None), ("what is in the Ladder for us", None), ("invalshoek A B C D", None),
    ],
)  # fmt: skip
def test_a_language_is_told_by_its_small_words(text, language):
    assert language_of(text) == language


def test_no_phrasing_of_the_shipped_content_is_taken_for_french_or_german():
    entries = shipped_content().knowledge.entries.values()

    assert [text for e in entries for text, _ in e.phrasings if language_of(text)] == []


@pytest.mark.parametrize(
    ("question", "code", "id_"),
    [
        ("Combien coûte la certification pour une petite entreprise ?", "fr", "kosten-certificering"),
        ("Wie lange ist das Zertifikat gültig?", "de", "geldigheid-certificaat"),
    ],
)  # fmt: skip
def test_the_nearest_entries_are_offered_and_no_command(shipped_context, question, code, id_):
    result = shipped_context.search.search(question)
    ids = [match.id for match in result.matches]

    assert (result.zone, result.foreign, len(ids)) == ("suggest", code, 3)
    assert id_ in ids
    assert not [one for one in ids if one.startswith("@")]
