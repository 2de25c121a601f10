"""The message extension: a query from the compose box, and the cards to choose from.

https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.teams import cards
from dialogs.values import Card

QUERY = "composeExtension/query"
QUERY_MAX = 200
"""Characters of a query that are searched for."""
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
    text = " ".join(cards.unmarked(card.text).split())
    return text if len(text) <= PREVIEW_MAX else text[: PREVIEW_MAX - 1].rstrip() + "…"
