"""Content, texts and a search over both, for tests and benches: what is shipped, and what is made up."""

import functools
import shutil
import tempfile
from pathlib import Path

from bot.content.encoder import load_encoder
from bot.content.live import LiveContent, read_texts
from bot.content.load import VECTORS
from bot.content.reading import parse, read_files
from bot.settings import read
from dialogs import commands
from faq.files import parse as files_parse
from tests.support import ROOT

CONTENT = ROOT / "faq" / "content"
LEARNED = ROOT / "data" / "learned-by-tests"
"""What the search learned from the shipped content, and nothing else; kept for the next run."""
CONTACT = "Sanne (cop@example.nl)"


def read_content(folder):
    """The content of a folder."""
    return parse(read_files(folder)[0])[0]


@functools.cache
def shipped_content():
    """The content that ships with the bot; read once."""
    return read_content(CONTENT)


@functools.cache
def texts():
    """The bot's own texts."""
    return read_texts(ROOT, read({"CONTACT": CONTACT}, {}, ROOT))


def live_content(models=LEARNED, encoder=None, content=None, *, public_url=""):
    """A `LiveContent` that keeps what it learns in `models`; built from `content` where it is given."""
    live = LiveContent(texts(), public_url, models, encoder)
    if content is not None:
        live.build(content)
    return live


def learned_once(models, encoder, content):
    """As `live_content`, by one worker of the tests; the others wait, and read what that one learned."""
    from filelock import FileLock  # the benches have an environment without it

    models.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{models}.lock"):
        return live_content(models, encoder, content)


@functools.cache
def live_shipped_content():
    """The shipped content with the real search; learned once."""
    return learned_once(LEARNED, load_encoder(LEARNED, VECTORS), shipped_content())


ENTRY = """
[[entry]]
id = "{id}"
handbook = []
question.nl = {questions}
question.en = ["{english}"]
answer.nl = "{answer}"
answer.en = "{english}"
sources = [{{ title = "Bron", url = "https://example.nl/{id}" }}]
read = 2026-11-23
review_by = 2027-05-01
owner = "Redactie"
related = []
"""
THREE = {
    "geldigheid": (["Hoe lang is een certificaat geldig?", "geldigheid certificaat", "Wanneer verloopt ons certificaat?"], "How long is a certificate valid?", "Een certificaat is drie jaar geldig."),
    "kosten": (["Wat kost certificering?", "kosten van het traject", "Hoeveel geld zijn we kwijt?"], "What does certification cost?", "De kosten verschillen."),
    "scopes": (["Wat zijn scope 1, 2 en 3?", "verschil tussen de scopes", "Onder welke scope valt gas?"], "What are the scopes?", "Scope 1 is eigen uitstoot."),
}  # fmt: skip


def entry(id_):
    """One of the three, as an organiser's file has it."""
    asked, english, answer = THREE[id_]
    return ENTRY.format(id=id_, questions=asked, english=english, answer=answer)


def small_content(entries=THREE, questions="", fields=()):
    """Content of these entries, with these fields by id, and, as lines of a file, these example questions.

    Without what ships with the bot, so that a test says itself all that there is to learn.
    """
    raw = 'theme.nl = "Thema"\ntheme.en = "Theme"\n'
    for id_, (asked, english, answer) in entries.items():
        raw += ENTRY.format(id=id_, questions=asked, english=english, answer=answer)
        raw += dict(fields).get(id_, "") + "\n"
    files = {"faq/thema.toml": raw.encode()}
    if questions:
        header = "question\texpected\tlang\tstyle\n"
        files["questions/iemand.tsv"] = (header + questions).encode()
    parsed, problems = files_parse(files, commands.ids())
    assert [p for p in problems if not p.warning and p.file != "meetings.toml"] == []
    return parsed


def best_match(index, question, **more):
    """The id of the best match."""
    return index.search(question, **more).matches[0].id


def write_content(folder, *, meetings="", learned=None):
    """A content folder with one answer, "Drie jaar.", and these meetings, else the shipped ones; its path.

    What the search learns from it is put into the folder `learned` where one is given, so that a
    process that starts there need not learn for seconds.
    """
    (folder / "faq").mkdir(parents=True)
    write_entry(folder, "Drie jaar.")
    if meetings:
        (folder / "meetings.toml").write_text(meetings, "utf-8")
    else:
        shutil.copy(CONTENT / "meetings.toml", folder)
    if learned:
        shutil.copytree(_learned_one_answer(), learned)
    return folder


@functools.cache
def _learned_one_answer():
    """The folder of what the search learned from `write_content`; learned once."""
    models = LEARNED.with_name("learned-by-tests-one-answer")
    with tempfile.TemporaryDirectory() as folder:
        content = read_content(write_content(Path(folder)))
    learned_once(models, load_encoder(models, VECTORS), content)
    return models


def write_entry(folder, answer, extra=""):
    """Write the one entry of a content folder anew."""
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
        read = 2026-11-23
        review_by = 2027-05-01
        owner = "Redactie"
        {extra}
    """
    (folder / "faq" / "een.toml").write_text(text, "utf-8")
