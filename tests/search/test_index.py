"""The search: from what is typed to what may be told."""

import numpy as np
import pytest

from bot.content.files import read_files
from faq.files import parse
from faq.search import audit
from faq.search.features import Features
from faq.search.index import build_index
from faq.search.training import training_fingerprint
from faq.synonyms import Synonyms
from faq.tokens import MAX_CHARS, tokenize
from tests.support import ROOT

ENTRY = """
[[entry]]
id = "{id}"
handbook = []
question.nl = {questions}
question.en = ["{english}"]
answer.nl = "{answer}"
answer.en = "{english}"
sources = [{{ title = "Bron", url = "https://example.nl/{id}" }}]
checked = 2026-11-23
review_by = 2027-05-01
owner = "Redactie"
related = []
"""
THREE = {
    "geldigheid": (["Hoe lang is een certificaat geldig?", "geldigheid certificaat", "Wanneer verloopt ons certificaat?"], "How long is a certificate valid?", "Een certificaat is drie jaar geldig."),
    "kosten": (["Wat kost certificering?", "kosten van het traject", "Hoeveel geld zijn we kwijt?"], "What does certification cost?", "De kosten verschillen."),
    "scopes": (["Wat zijn scope 1, 2 en 3?", "verschil tussen de scopes", "Onder welke scope valt gas?"], "What are the scopes?", "Scope 1 is eigen uitstoot."),
}  # fmt: skip


def content(entries=THREE, questions=""):
    raw = 'theme.nl = "Thema"\ntheme.en = "Theme"\n'
    for id_, (asked, english, answer) in entries.items():
        raw += ENTRY.format(id=id_, questions=asked, english=english, answer=answer)
    files = {"faq/thema.toml": raw.encode()}
    if questions:
        header = "question\texpected\tlang\tstyle\n"
        files["questions/iemand.tsv"] = (header + questions).encode()
    parsed, problems = parse(files)
    assert [p for p in problems if not p.warning and p.file != "meetings.toml"] == []
    return parsed


@pytest.fixture(scope="module")
def small():
    return build_index(content(), None)[0]


def best(index, question, **more):
    return index.search(question, **more).matches[0].id


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("hoe lang blijft een certificaat geldig", "geldigheid"),
        ("geldigheit certficaat", "geldigheid"),
        ("KOSTEN???", "kosten"),
        ("verschil scope 1 en scope 2", "scopes"),
        ("How long is the certificate valid", "geldigheid"),
    ],
)
def test_a_question_finds_its_entry(small, question, id_):
    assert best(small, question) == id_


def test_a_phrasing_leads_home_and_is_certain(small):
    result = small.search("  wat kost CERTIFICERING ")

    assert (result.zone, result.matches[0].id, result.matches[0].score) == ("answer", "kosten", 1.0)


def test_what_nobody_ever_wrote_is_unknown_and_has_nothing_near(small):
    result = small.search("blorp zwiebel kwuntam")

    assert (result.zone, result.matches) == ("unknown", ())


class Constant:
    """An encoder to which all sentences are nearly the same."""

    name = "constant"

    def encode_query(self, text):
        return self.encode_corpus([text])[0]

    def encode_corpus(self, texts):
        return np.array([[1.0, len(text) % 7] for text in texts], np.float32)


@pytest.mark.parametrize("encoder", [None, Constant()])
def test_with_one_entry_only_not_everything_is_that_entry(encoder):
    one = {"geldigheid": THREE["geldigheid"]}
    index, _ = build_index(content(one), encoder)

    assert index.search("blorp zwiebel kwuntam").zone == "unknown"
    assert best(index, "geldigheid van het certificaat") == "geldigheid"


def test_the_same_content_gives_the_same_bytes():
    assert build_index(content(), None)[1] == build_index(content(), None)[1]


def test_what_was_kept_answers_as_what_was_learned(small):
    _, saved = build_index(content(), None)
    again, same = build_index(content(), None, saved)

    assert same is saved
    for question in ("geldigheit certficaat", "wat kost dat nou", "scope drie"):
        assert again.search(question) == small.search(question)


@pytest.mark.parametrize("damaged", [b"x", b"PK\x03\x04", b"\x93NUMPY"])
def test_a_damaged_file_is_learned_again(damaged):
    index, model = build_index(content(), None, damaged)

    assert model != damaged
    assert best(index, "scope 1") == "scopes"


def test_the_fingerprint_changes_with_a_question_and_with_the_encoder():
    class Named:
        name = "some encoder"

    plain = training_fingerprint(content(), None)
    assert plain == training_fingerprint(content(), None)
    assert plain != training_fingerprint(content(questions="gas?\tscopes\tnl\tkeyword\n"), None)
    assert plain != training_fingerprint(content(), Named())


def test_ten_thousand_characters_cost_no_more_than_a_few_hundred(small):
    long = "certificaat " * 1000 + "hoe lang is dat geldig?"

    assert len(" ".join(tokenize(long))) <= MAX_CHARS + 1
    assert best(small, long) == "geldigheid"


def test_a_word_of_ten_thousand_letters_has_few_features():
    texts = ["wat kost dat", "x" * 40, "x" * 40]
    features = Features.fit(texts, texts, Synonyms(()))

    assert len(features.transform("x" * 10_000)[0]) < 200


def test_a_single_word_of_ten_thousand_letters_breaks_nothing(small):
    assert small.search("a" * 10_000).zone == "unknown"


def test_without_any_message_for_nobody_there_is_still_an_answer(small):
    assert small.search("Hoe lang is ons certificaat geldig").zone == "answer"


# What the shipped content makes of it.


def outcome(trained, question, previous=""):
    result = trained.search.search(question, previous=previous)
    return result.zone, result.matches[0].id if result.matches else "", result.also


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("trede 3", "trede-3-eisen"),
        ("Wat vraagt trede 1 van ons?", "trede-1-eisen"),
        ("certificerings kosten", "kosten-certificering"),
        ("wat houd niveau 5 in", "niveaus-3-1-inhoud"),
        ("how long is the certificate valid", "geldigheid-certificaat"),
        ("Hoe meld ik mijn organisatie aan voor certificering?", "stappenplan-certificering"),
    ],
)
def test_niveau_and_trede_steer(trained, question, id_):
    assert outcome(trained, question)[:2] == ("answer", id_)


@pytest.mark.parametrize("question", ["handboek 3.1", "level 3", "4.0", "3.1", "versie 4.0"])
def test_what_may_mean_two_versions_is_a_choice(trained, words_only, question):
    assert outcome(trained, question)[0] == "suggest"
    assert words_only.search(question).zone == "suggest"


def test_of_two_questions_the_surer_is_answered_and_the_other_offered(trained):
    zone, id_, also = outcome(
        trained,
        "Wij zijn net begonnen. Hoe hoog is de jaarbijdrage voor een ministerie? En welke instellingen mogen ons certificeren?",
    )

    assert zone == "answer"
    assert {id_, also} == {"jaarbijdrage-skao", "certificerende-instellingen"}


def test_the_second_of_two_questions_is_read_with_the_first(trained):
    result = outcome(trained, "Hoe lang is een certificaat geldig en wat kost het?")

    assert result == ("answer", "geldigheid-certificaat", "kosten-certificering")


def test_of_two_questions_that_are_not_clear_both_are_offered(trained):
    result = trained.search.search("Hoe lang geldig en wat kost het?")

    assert result.zone == "suggest"
    assert {m.id for m in result.matches} >= {"geldigheid-certificaat", "kosten-certificering"}


def test_a_command_beside_a_question_is_offered_and_not_carried_out(trained):
    result = outcome(trained, "Wat is een sleutelpersoon? Wie kan ik daarover bellen?")

    assert result == ("answer", "sleutelpersonen", "@human")


FOLLOWED = [
    ("Wat is de jaarbijdrage aan SKAO voor ministeries?", "en voor gemeenten?", "jaarbijdrage-skao"),
    ("Wat is trede 2?", "en trede 3?", "trede-3-eisen"),
    ("Hoe lang is een certificaat geldig?", "en wat kost dat?", "kosten-certificering"),
    ("Wat zijn sleutelpersonen?", "hoe wijs je die aan?", "sleutelpersonen"),
    ("Hoe lang is een certificaat geldig?", "dank je wel", "@thanks"),
    ("Hoe lang is een certificaat geldig?", "Wat zijn scope 1, 2 en 3?", "scopes-1-2-3"),
]  # fmt: skip


@pytest.mark.parametrize(("previous", "question", "id_"), FOLLOWED, ids=[f[1] for f in FOLLOWED])
def test_a_follow_up_is_read_with_the_one_before(trained, previous, question, id_):
    zone, best_id, _ = outcome(trained, question, previous)

    assert zone in ("answer", "suggest")
    assert best_id == id_


def test_a_message_that_stands_by_itself_forgets_the_one_before(trained):
    question = "Wie mag een certificaat uitgeven?"
    assert outcome(trained, question, "Wat is trede 2?") == outcome(trained, question)


def test_every_title_leads_to_its_own_answer(trained):
    for entry in trained.knowledge.entries.values():
        for language in ("nl", "en"):
            assert outcome(trained, entry.title(language))[:2] == ("answer", entry.id)


@pytest.fixture(scope="module")
def words_only():
    """The shipped content, without the encoder."""
    raw, _ = read_files(ROOT / "faq" / "content")
    return build_index(parse(raw)[0], None)[0]


def test_the_search_works_without_the_encoder(words_only):
    assert best(words_only, "hoe lang is een certificaat geldig dan") == "geldigheid-certificaat"
    assert words_only.search("Wie wint het voetbal vanavond?").zone != "answer"


def test_explain_says_which_words_spoke_for_what(trained):
    lines = trained.search.explain("hoe lang is ons certificaat gelidg")

    assert "geldigheid-certificaat" in lines
    assert "geldig +" in lines
    assert "betekenis van de zin" not in lines
    assert "betekenis van de zin" in trained.search.explain("mogen we die sticker jaren houden")


# What `check` says.


def file_of(id_):
    return "faq/thema.toml"


def test_a_phrasing_that_leads_elsewhere_is_an_error():
    wrong = {**THREE, "kosten": (["Wat kost certificering?", "Onder welke scope valt gas nu?", "kosten"], "cost", "Geld.")}  # fmt: skip
    gas = "".join(f"Onder welke scope valt gas {n}?\tscopes\tnl\tplain\n" for n in "abcdefgh")
    errors = [p for p in audit.problems(content(wrong, gas), file_of) if not p.warning]

    assert [(p.entry, "scopes" in p.what) for p in errors] == [("kosten", True)]


def test_an_entry_that_takes_questions_of_another_is_named_with_an_example():
    lines = "".join(f"Hoeveel euro kost bureau {n}?\tkosten\tnl\tplain\n" for n in range(30))
    lines += "".join(f"Hoeveel euro kost bedrijf {n}?\tgeldigheid\tnl\tplain\n" for n in range(6))
    lines = lines.replace("bedrijf", "bureau x")
    warnings = [p for p in audit.problems(content(questions=lines), file_of) if p.warning]

    assert any("krijgt" in p.what and "euro" in p.what for p in warnings)
    assert len(warnings) <= audit.MAX_WARNINGS


def test_good_content_has_no_warnings():
    lines = "".join(
        f"{text}\t{id_}\tnl\tplain\n"
        for id_, texts in {
            "geldigheid": ["certificaat geldig jaar", "geldig certificaat hoe lang", "verloopt certificaat wanneer", "geldigheid"],
            "kosten": ["kosten certificering", "wat kost dat", "hoeveel geld kost certificering", "kosten geld"],
            "scopes": ["scope 1", "scopes verschil", "welke scope gas", "scope 2 en 3"],
        }.items() for text in texts
    )  # fmt: skip
    assert list(audit.problems(content(questions=lines), file_of)) == []


def test_an_abbreviation_is_read_as_the_word_and_leaves_versions_alone():
    same = Synonyms((("4.0", "versie 4"), ("rijkswaterstaat", "rws")))

    assert same.unify("wat vraagt rws in versie 4") == "wat vraagt rijkswaterstaat in 4.0"
    assert same.unify("versie 4.0 en rwsx") == "versie 4.0 en rwsx"


def test_a_feature_row_has_unit_length_for_each_family():
    features = Features.fit(["wat kost dat", "wat kost dit"], ["wat kost dat"], Synonyms(()))
    _, weights = features.transform("wat kost dat")

    assert np.isclose((weights**2).sum(), 2.0, atol=1e-5)


def test_hundreds_of_entries_are_found_too_and_can_be_kept():
    syllables = ["ka", "lo", "mi", "ru", "ste", "vor", "zan", "bep"]
    names = [a + b + c for a in syllables for b in syllables for c in syllables][:420]
    many = {f"a-{name}": ([f"Wat is een {name}?", f"{name} uitleg", f"hoe werkt de {name}"], f"What is {name}?", f"Een {name} is er.") for name in names}  # fmt: skip
    large = content(many)
    index, saved = build_index(large, None)
    again, _ = build_index(large, None, saved)

    assert [best(index, f"kun je de {name} uitleggen") for name in names[::40]] == [f"a-{name}" for name in names[::40]]  # fmt: skip
    assert again.search("uitleg zanbepvor") == index.search("uitleg zanbepvor")
    assert f"a-{names[40]} " in again.explain(f"kun je de {names[40]} uitleggen")
    with_encoder, _ = build_index(large, Constant())
    assert best(with_encoder, "kun je de kalolo uitleggen") == "a-kalolo"
