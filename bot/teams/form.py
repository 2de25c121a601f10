"""A form on an Adaptive Card, and what comes back when it is submitted."""

from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.card import Form
from dialogs.wishes.form import BEGINS, LAST, LEADS, submitted

SUBMITTED_FORM = "form"
"""The key in the value of a form's own button: clients send what is filled in with every button of a card."""


def form_elements(form: Form, submit: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The form's fields, each with its label, and the button that submits them.

    Args:
        form: the form.
        submit: the button, as any other is drawn.
    """
    yield {
        "type": "Input.ChoiceSet",
        "id": LEADS,
        "label": form.ticks_label,
        "isMultiSelect": True,
        "style": "expanded",
        "value": ",".join(tick.value for tick in form.ticks if tick.chosen),
        "choices": [{"title": tick.label, "value": tick.value} for tick in form.ticks],
    }
    for id_, label, value in (
        (BEGINS, form.begins_label, form.begins),
        (LAST, form.last_label, form.last),
    ):
        # A value that is no date is left out: a client shows the whole card or nothing.
        known = {"value": value} if len(value) == len("2027-07-01") else {}
        yield {"type": "Input.Date", "id": id_, "label": label, **known}
    action = dict(submit) | {"data": submit["data"] | {SUBMITTED_FORM: True}}
    yield {"type": "ActionSet", "spacing": "Small", "actions": [action]}


def form_text(form: Form) -> list[str]:
    """The same in plain text, with the text of its button."""
    ticks = [f"{'☑' if tick.chosen else '☐'} {tick.label}" for tick in form.ticks]
    days = [f"{form.begins_label}: {form.begins}", f"{form.last_label}: {form.last}"]
    return [form.ticks_label, *ticks, *days, f"› {form.submit.text}"]


def filled_in(says: str, value: Mapping[str, Any]) -> str:
    """The text of a press with this value: with what was filled in, where it was a form's own button.

    Without any field it is the text alone, which shows the form.
    """
    if not value.get(SUBMITTED_FORM) or not {LEADS, BEGINS, LAST} & set(value):
        return says
    fields = (value.get(key) for key in (LEADS, BEGINS, LAST))
    return submitted(says, *(field if isinstance(field, str) else "" for field in fields))
