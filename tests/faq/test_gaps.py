"""What the answers leave open: written as a field, shown as a page that cannot lag behind."""

import dataclasses

from bot.cli.command import Runtime
from bot.cli.commands import gaps as command
from bot.content.reading import parse, read_files
from faq import gaps
from tests.support import ROOT
from tests.support.content import small_content


def test_the_page_in_docs_is_that_of_the_content():
    """Where this fails: python app.py gaps > docs/knowledge-gaps.md."""
    shipped, _ = parse(read_files(ROOT / "faq" / "content")[0])

    assert (ROOT / "docs" / "knowledge-gaps.md").read_text(
        "utf-8"
    ) == f"{gaps.page(shipped.knowledge)}\n"


def test_no_open_point_is_left_in_a_comment():
    comments = [
        line
        for file in (ROOT / "faq" / "content" / "faq").glob("*.toml")
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("# gap")
    ]

    assert comments == []


def test_open_points_stand_under_each_text_that_would_close_them_the_fullest_first():
    page = gaps.page(
        small_content(
            fields={
                "geldigheid": 'gaps = [{ unknown = "Hoe | dan.", closes = ["RvA", "Norm, § 2"] }]',
                "kosten": 'gaps = [{ unknown = "Hoeveel.", closes = ["Norm, § 9, noot"] }]',
            }
        ).knowledge
    )

    assert "2 open punten, bij 2 van de 3 antwoorden." in page
    assert page.partition("## ")[2].splitlines() == [
        "Norm (2)",
        "",
        "| antwoord | wat we niet weten | waar het staat |",
        "|---|---|---|",
        "| `geldigheid` | Hoe \\| dan. | § 2 |",
        "| `kosten` | Hoeveel. | § 9, noot |",
        "",
        "## RvA (1)",
        "",
        "| antwoord | wat we niet weten | waar het staat |",
        "|---|---|---|",
        "| `geldigheid` | Hoe \\| dan. |  |",
    ]


def run(settings):
    return command.run(None, Runtime(root=ROOT, settings=lambda: settings, clock=None, host=None))


def test_the_command_prints_the_page_and_refuses_files_that_cannot_be_used(
    settings, tmp_path, capsys
):
    assert run(settings) == 0
    assert run(dataclasses.replace(settings, content_dir=tmp_path)) == 2

    out, err = capsys.readouterr()
    assert out.count("# Wat we nog niet weten") == 1
    assert "python app.py check" in err
