"""The Markdown of a card."""

import pytest

from dialogs.markdown import contact_link, paragraphs


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("de organisatie van de CoP", "de organisatie van de CoP"),
        ("cop@example.nl", "[cop@example.nl](mailto:cop@example.nl)"),
        ("Sanne (cop@example.nl)", "[Sanne (cop@example.nl)](mailto:cop@example.nl)"),
        ("Sanne <s.de-vries@rijk.example.nl>", "[Sanne <s.de-vries@rijk.example.nl>](mailto:s.de-vries@rijk.example.nl)"),
        ("Sanne (https://teams.microsoft.com/l/chat/0/0?users=s@example.nl)", "[Sanne](https://teams.microsoft.com/l/chat/0/0?users=s@example.nl)"),
        ("https://example.nl/contact", "[https://example.nl/contact](https://example.nl/contact)"),
        ("@ de balie", "@ de balie"),
    ],
)  # fmt: skip
def test_who_can_be_reached_is_a_link_where_there_is_an_address(contact, link):
    assert contact_link(contact) == link


def test_a_list_is_a_paragraph_of_its_own():
    assert paragraphs("Dit:\n- een\n- twee\nen dat.\n\nOok.") == [
        "Dit:",
        "- een\n- twee",
        "en dat.",
        "Ook.",
    ]
