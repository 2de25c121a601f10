"""What `check` says of the content: phrasings that lead elsewhere, and entries that take questions."""

from faq.search import audit
from tests.support.content import THREE, small_content


def test_a_phrasing_that_leads_elsewhere_is_a_warning_with_its_place():
    wrong = {**THREE, "kosten": (["Wat kost certificering?", "Onder welke scope valt gas nu?", "kosten"], "cost", "Geld.")}  # fmt: skip
    gas = "".join(f"Onder welke scope valt gas {n}?\tscopes\tnl\tplain\n" for n in "abcdefgh")
    warnings = [p for p in audit.problems(small_content(wrong, gas)) if "lijkt" in p.what]

    assert [(p.entry, "scopes" in p.what, p.warning) for p in warnings] == [("kosten", True, True)]
    assert warnings[0].file == "faq/thema.toml"
    assert warnings[0].line > 1
    assert warnings[0].mend


def test_an_entry_that_takes_questions_of_another_is_named_with_an_example():
    lines = "".join(f"Hoeveel euro kost bureau {n}?\tkosten\tnl\tplain\n" for n in range(30))
    lines += "".join(
        f"Hoeveel euro kost bureau {n}?\tgeldigheid\tnl\tplain\n" for n in range(30, 45)
    )
    warnings = [p for p in audit.problems(small_content(questions=lines)) if p.warning]

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
    assert list(audit.problems(small_content(questions=lines))) == []
