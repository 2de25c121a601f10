"""The message extension: a query from the compose box, and the cards to choose from.

https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.teams import cards, plain
from dialogs.card import Card
from dialogs.share import SHARED_MAX

QUERY = "composeExtension/query"
QUERY_MAX = 200
"""Characters of a query that are searched for."""
PAGES_MAX = 1_000
"""A page that no list reaches; a number of ten thousand digits is not worth a division."""
THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
PREVIEW_MAX = 120
"""Characters below a title in the list of results; Teams shows two lines."""


def query_text(value: object) -> str:
    """What a member looks up; empty for the first list, and for anything that is no query."""
    parameters = value.get("parameters") if isinstance(value, Mapping) else None
    for parameter in parameters if isinstance(parameters, list) else ():
        if isinstance(parameter, Mapping) and parameter.get("name") == "query":
            text = parameter.get("value")
            return text.strip()[:QUERY_MAX] if isinstance(text, str) else ""
    return ""


def page(value: object) -> int:
    """Which page of the results is asked for; 0 for the first, and for anything that is no query.

    Teams counts what it asked for (`count`, 25) and ours are fewer; a client that counts what it got
    is understood, too. Teams asks for four pages at most, so the two do not meet.
    https://github.com/MicrosoftDocs/msteams-docs/issues/865
    """
    options = value.get("queryOptions") if isinstance(value, Mapping) else None
    skip, count = (
        options.get(name) if isinstance(options, Mapping) else None for name in ("skip", "count")
    )
    if type(skip) is not int or skip <= 0:
        return 0
    asked_for = count if type(count) is int and count > 0 else SHARED_MAX
    size = SHARED_MAX if skip % asked_for else asked_for
    return min(-(-skip // size), PAGES_MAX)


def results(answers: Sequence[Card]) -> dict[str, Any]:
    """The list of results; each becomes an Adaptive Card when it is chosen."""
    attachments = [
        cards.attachment(card)
        | {
            "preview": {
                "contentType": THUMBNAIL,
                "content": {"title": card.title, "text": _short(card)},
            }
        }
        for card in answers
    ]
    return {
        "composeExtension": {
            "type": "result",
            "attachmentLayout": "list",
            "attachments": attachments,
        }
    }


def message(text: str) -> dict[str, Any]:
    """Instead of a list: a sentence."""
    return {"composeExtension": {"type": "message", "text": text}}


def _short(card: Card) -> str:
    text = " ".join(plain.unmarked(card.text).split())
    return text if len(text) <= PREVIEW_MAX else text[: PREVIEW_MAX - 1].rstrip() + "…"
