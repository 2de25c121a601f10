"""The Markdown of a card: what its clients show is a small part of it."""

import re


def paragraphs(text: str) -> list[str]:
    """Blocks of their own, so that a list does not stick to the sentence before it on any client."""
    blocks: list[str] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        start = 0
        for index in range(1, len(lines)):
            if lines[index].startswith("- ") != lines[index - 1].startswith("- "):
                blocks.append("\n".join(lines[start:index]))
                start = index
        blocks.append("\n".join(lines[start:]))
    return [block for block in blocks if block.strip()]


def contact_link(contact: str) -> str:
    """Who can be reached, as a link: to the mail or to the chat where there is an address in it, else as it is.

    `Sanne (sanne@example.nl)` is one, `Sanne https://teams.microsoft.com/l/chat/…` another.
    """
    address = re.search(r"https://\S+", contact)
    if address:
        name = contact.replace(address[0], "").strip(" ()<>,:")
        return f"[{name or address[0]}]({address[0].rstrip(')>,.')})"
    mail = re.search(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", contact)
    return f"[{contact}](mailto:{mail[0]})" if mail else contact
