"""A card: what the bot says, whatever it looks like on a channel."""

from dataclasses import dataclass

from faq.language import Language

BUTTONS_MAX = 6
"""Buttons that a card shows: Teams has room for no more."""
BUTTON_LABEL_MAX = 24
"""Characters on a button; a longer choice is a row, which a phone of 320 px shows whole."""


@dataclass(frozen=True, slots=True)
class Link:
    """A button that leaves Teams."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be pressed; a press submits a text, as if the member had typed that."""

    label: str
    text: str
    row: bool = False
    """Whether it is a line of a numbered list; else it is a button below."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where an answer comes from, under a label."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """How many paragraphs of a long text are shown; the rest comes after a press on `show`."""

    paragraphs: int
    show: str
    hide: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A box of a form: what it says, what it submits, and whether it is ticked."""

    label: str
    value: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Boxes to tick, and the first and the last day of a period; days as 2027-07-01, or empty."""

    ticks_label: str
    ticks: tuple[Tick, ...]
    begins_label: str
    begins: str
    last_label: str
    last: str
    submit: Choice
    """Its text goes before what was filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One reply or announcement, whatever it looks like on a channel.

    `text` is the Markdown that Teams shows (bold, italics, lists, links); `note` is small print.
    The fields stand in the order in which a member meets them.
    """

    language: Language
    title: str
    text: str
    fold: Fold | None = None
    facts: tuple[tuple[str, str], ...] = ()
    sources: Sources | None = None
    note: str = ""
    form: Form | None = None
    prompt: str = ""
    """The heading of the rows."""
    choices: tuple[Choice, ...] = ()
    """Rows first; a typed number means one of these, in this order."""
    counted: str = ""
    """How many rows there are, for who hears the card."""
    hint: str = ""
    """Below the rows: what to do where none fits."""
    links: tuple[Link, ...] = ()
    """Buttons that leave the chat, before the others."""

    @property
    def rows(self) -> tuple[Choice, ...]:
        """The choices that are a numbered list: all up to the last that is a row, or too long for a button."""
        listed = [n for n, c in enumerate(self.choices) if c.row or len(c.label) > BUTTON_LABEL_MAX]
        return self.choices[: listed[-1] + 1] if listed else ()

    @property
    def buttons(self) -> tuple[Choice, ...]:
        """The choices that are buttons, as many as there is room for beside the links."""
        room = BUTTONS_MAX - len(self.links)
        return self.choices[len(self.rows) :][:room]
