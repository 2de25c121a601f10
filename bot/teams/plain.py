"""A `Card` in plain text: in a toast, for who hears it, and where a client shows no cards."""

import re

from bot.teams.form import form_text
from dialogs.card import Card, Link
from dialogs.markdown import paragraphs

_LINK = re.compile(r"\[([^\[\]]+)\]\(([^)]+)\)")


def summary(card: Card) -> str:
    """What a notification or a toast shows: the title, without Markdown."""
    return unmarked(card.title)


def plain_text(card: Card) -> str:
    """The same content where a client shows no cards: a phone's notification, a screen reader."""
    lines = [unmarked(card.title), "", unmarked(card.text)]
    lines += [f"{name}: {value}" for name, value in card.facts]
    if card.sources:
        lines += ["", card.sources.label, *map(_address_line, card.sources.links)]
    lines += ["", unmarked(card.note), ""]
    lines += [*form_text(card.form), ""] if card.form else []
    lines += [unmarked(card.prompt if card.rows else "")]
    lines += [f"{number}. {choice.text}" for number, choice in enumerate(card.rows, start=1)]
    lines += ["", unmarked(card.hint)]
    lines += map(_address_line, card.links)
    lines += [f"› {choice.text}" for choice in card.buttons]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def spoken(card: Card) -> str:
    """What a screen reader says: the text that is shown, how many choices there are, and each; no addresses."""
    shown = paragraphs(card.text)[: card.fold.paragraphs if card.fold else None]
    parts = [card.title, *shown]
    if card.form:
        parts += [card.form.ticks_label, ", ".join(tick.label for tick in card.form.ticks)]
        parts += [card.form.begins_label, card.form.last_label, card.form.submit.label]
    if card.rows:
        parts += [card.prompt, card.counted]
        parts += [f"{number}: {choice.label}" for number, choice in enumerate(card.rows, start=1)]
    whole = [unmarked(part) for part in (*parts, card.hint) if part]
    return " ".join(part if part[-1:] in ".:?!" else f"{part}." for part in whole)


def _address_line(link: Link) -> str:
    return f"{link.label}: {link.url}" if link.url else link.label


def linked(text: str) -> str:
    """The text with the address behind each link's words; a mail address that is its own words stands once."""
    return _LINK.sub(
        lambda m: m[1] if m[2].startswith("mailto:") and m[2][7:] in m[1] else f"{m[1]}: {m[2]}",
        text,
    )


def unmarked(text: str) -> str:
    """The text without Markdown."""
    text = _LINK.sub(r"\1", text)
    return re.sub(r"(?<!\w)\*{1,2}(.+?)\*{1,2}(?!\w)", r"\1", text).replace("\n- ", "\n• ").strip()
