"""Walks an organiser through the answers that are due for a check; each decision is in the file at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bot.cli.text import card_text
from bot.content.editing import Fields, UneditableError, changed, write
from bot.content.reading import parse, read_files
from dialogs.card import Card
from dialogs.context import Context
from dialogs.entry_card import entry_card
from faq.entries import Entry
from faq.entry_dates import SOON, due
from faq.errors import errors
from faq.language import DEFAULT, LANGUAGES, Language

ANSWERS = ("klopt", "pas aan", "later", "vervalt", "stop")
_PROMPT = "[k]lopt  [p]as aan  [l]ater  [v]ervalt  [s]top: "
_ROLE = "Wie kijkt na? Een rol, geen naam (bijvoorbeeld: organisatie CoP): "


@dataclass(frozen=True, slots=True)
class Terminal:
    """The organiser: what is shown, what is answered, and the editor where there is one."""

    tell: Callable[[str], object]
    ask: Callable[[str], str]
    """Raises EOFError where nobody answers any more."""
    edit: Callable[[Path, int], bool]
    """Opens an editor at a line and waits; False where there is none."""


class Review:
    """One walk, on one day, by one role."""

    def __init__(
        self, folder: Path, context: Context, terminal: Terminal, today: date, role: str
    ) -> None:
        """Walk through the files in `folder`; an empty `role` is asked for when it is needed."""
        self._folder, self._context, self._terminal = folder, context, terminal
        self._today, self._role = today, role
        self._done: Counter[str] = Counter()
        self._moves = {"klopt": self._right, "pas aan": self._edit, "vervalt": self._over}

    def walk(self) -> None:
        """From the first that is due to the last, or until the organiser has enough."""
        ids = [entry.id for entry in due(self._context.knowledge, self._today)]
        if not ids:
            self._terminal.tell("Alles is nagekeken.")
            return
        try:
            for number, id_ in enumerate(ids, start=1):
                self._one(id_, f"Antwoord {number} van {len(ids)}")
        except EOFError:
            self._terminal.tell("")
        finally:
            self._terminal.tell(self._summary(len(ids)))

    def _one(self, id_: str, place: str) -> None:
        """Show an entry until it is decided; edited, it is shown again."""
        answer = "pas aan"
        while answer == "pas aan" and (entry := self._read(id_)):
            for line in (place, *self._shown(entry)):
                self._terminal.tell(line)
            answer = self._answer()
            if answer == "stop":
                raise EOFError
            if answer in self._moves and self._moves[answer](entry):
                self._done[answer] += 1

    def _answer(self) -> str:
        """One of `ANSWERS`; its first letter is enough."""
        while True:
            typed = self._terminal.ask(_PROMPT).strip().casefold()
            for answer in ANSWERS:
                if typed and answer.startswith(typed):
                    return answer

    def _read(self, id_: str) -> Entry | None:
        """The entry as it stands in the files now, once these can be used; None where it is gone."""
        while True:
            raw, problems = read_files(self._folder)
            content, others = parse(raw)
            wrong = errors([*problems, *others])
            if not wrong:
                return content.knowledge.entries.get(id_)
            for problem in wrong:
                self._terminal.tell(str(problem))
            self._terminal.ask("Herstel dit eerst en druk op Enter. ")

    def _shown(self, entry: Entry) -> Iterator[str]:
        checked = (
            f"nagekeken op {entry.check.on:%d-%m-%Y}" if entry.check else "nog nooit nagekeken"
        )
        yield f"{self._place(entry)}  {entry.id}, {checked}, na te kijken voor {entry.review_by:%d-%m-%Y}"
        for language in LANGUAGES:
            card = self._card(entry, language, self._today)
            # The links are the same in every language.
            yield f"{card_text(card if language == DEFAULT else replace(card, links=()))}\n"
        yield from (f"Bron zonder adres: {s.title}" for s in entry.sources if not s.url)
        yield from (f"Open: {gap.unknown} ({'; '.join(gap.closes)})" for gap in entry.gaps)
        for later in entry.later:
            if later.starts > self._today:
                card = self._card(entry, DEFAULT, later.starts)
                yield f"Vanaf {later.starts:%d-%m-%Y}:\n{card_text(replace(card, links=()))}\n"

    def _card(self, entry: Entry, language: Language, day: date) -> Card:
        """The card of a day, without its small print and buttons, which are no part of the answer."""
        card = entry_card(self._context, entry.on(day), language, today=self._today)
        return replace(card, choices=(), note="")

    def _place(self, entry: Entry) -> str:
        return f"{self._folder / entry.file}:{entry.line}"

    def _right(self, entry: Entry) -> bool:
        """Note the check; where the next one was near, it moves on by as long as it was planned for."""
        while not self._role:
            self._role = self._terminal.ask(_ROLE).strip()
        fields: dict[str, str | date] = {"checked": self._today, "checked_by": self._role}
        if entry.review_by <= self._today + SOON:
            planned = entry.review_by - (entry.check.on if entry.check else entry.read)
            fields["review_by"] = self._today + max(planned, SOON + timedelta(days=1))
        return self._write(entry, fields)

    def _over(self, entry: Entry) -> bool:
        """Today is the last day on which it is given."""
        return self._write(entry, {"until": self._today})

    def _edit(self, entry: Entry) -> bool:
        """Open it in the editor, else say where it is and wait."""
        if not self._terminal.edit(self._folder / entry.file, entry.line):
            self._terminal.ask(f"Pas het aan in {self._place(entry)} en druk op Enter. ")
        return True

    def _write(self, entry: Entry, fields: Fields) -> bool:
        path = self._folder / entry.file
        try:
            write(path, changed(path.read_bytes(), entry.id, fields))
        except (UneditableError, OSError) as error:
            self._terminal.tell(f"Niet opgeslagen: {error}")
            return False
        values = ", ".join(f"{field} = {value}" for field, value in fields.items())
        self._terminal.tell(f"Opgeslagen: {values}\n")
        return True

    def _summary(self, total: int) -> str:
        right, over = self._done["klopt"], self._done["vervalt"]
        return f"{right} nagekeken, {over} vervallen, {total - right - over} nog te doen."
