"""Small content for tests of the search: three entries, and what a test adds to them."""

from bot.content.files import parse

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


def best(index, question, **more):
    return index.search(question, **more).matches[0].id


def write(folder, answer, extra=""):
    text = f"""
        theme.nl = "Thema"
        theme.en = "Theme"
        [[entry]]
        id = "geldigheid"
        question.nl = ["Hoe lang is een certificaat geldig?", "geldigheid certificaat", "hoe lang mee"]
        question.en = ["How long is it valid?"]
        answer.nl = "{answer}"
        answer.en = "{answer}"
        sources = [{{ title = "SKAO", url = "https://www.skao.nl/x" }}]
        checked = 2026-11-23
        review_by = 2027-05-01
        owner = "Redactie"
        {extra}
    """
    (folder / "faq" / "een.toml").write_text(text, "utf-8")
