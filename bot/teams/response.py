"""What goes back in the HTTP response to an activity."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channel import UNSENT, Answer, Incoming
from bot.teams import cards
from bot.teams import message_extension as extension
from bot.teams.channel import outgoing
from dialogs.card import Card


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Status and JSON body of a response; an empty body is none."""

    status: int
    body: bytes = b""


ACCEPTED = HttpAnswer(202)
NOT_HANDLED = HttpAnswer(501)
BUSY = HttpAnswer(503)


def encode(incoming: Incoming, answer: Answer) -> HttpAnswer:
    """The response that carries `answer` in the form that `incoming` asked for."""
    content = answer.content
    if answer.outcome == UNSENT:
        return BUSY
    if isinstance(content, str):
        return _json(extension.message(content))
    if isinstance(content, tuple):
        return _json(extension.results(content))
    if incoming.answer_mode == "invoke":
        return _json(_invoke_response(content))
    if incoming.answer_mode == "inline":
        return _json({"activities": [outgoing(incoming.address, content)] if content else []})
    return ACCEPTED


def _invoke_response(card: Card | None) -> dict[str, Any]:
    """The card in the place of the one whose button was pressed.

    https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model
    """
    value = cards.adaptive(card) if card else {}
    return {"statusCode": 200, "type": cards.CONTENT_TYPE, "value": value}


def _json(body: Mapping[str, Any]) -> HttpAnswer:
    return HttpAnswer(200, json.dumps(body).encode())
