"""Conversations as tables: read, played against the real handler and store, and held against what must be true.

The format is for people who do not program: tests/talks/README.md.
"""

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channel import Address, Incoming
from bot.handler import Handler
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.unanswered import Unanswered
from faq import meetings_file
from tests.support import ROOT
from tests.support.clock import Clock

TALKS = ROOT / "tests" / "talks"
ZONE = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)


@dataclass(frozen=True)
class Turn:
    """What is typed, at what moment, and what must be true of the reply."""

    text: str
    expectations: tuple[str, ...]
    at: datetime
    known_fault: bool
    where: str
    """File and line."""


@dataclass
class Talk:
    """One conversation, from its first turn."""

    name: str
    place: str = "personal"
    turns: list[Turn] = field(default_factory=list)


def read_talks(path):
    """The conversations of a file.

    Raises:
        ValueError: where a line is none of the format's; it names file and line.
    """
    talks, at = [], START
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if line.startswith("## "):
            name, _, place = line[3:].partition("place:")
            talks.append(Talk(f"{path.stem}: {name.strip()}", place.strip() or "personal"))
            at = START
        elif line.startswith("place:") and talks:
            talks[-1].place = line.removeprefix("place:").strip()
        elif line.startswith("@ "):
            at = datetime.strptime(line[2:].strip(), "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
        elif line.startswith(("> ", "?> ")) and talks:
            talks[-1].turns.append(_turn(line, at, where))
            at += timedelta(seconds=20)
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{where}: no line of a conversation: {line!r}")
    return talks


def _turn(line, at, where):
    typed, _, expected = line.partition("\t")
    text = typed[typed.index("> ") + 2 :].replace("\\n", "\n")
    expectations = tuple(x.strip() for x in expected.split(";") if x.strip())
    if not expectations:
        raise ValueError(f"{where}: this turn expects nothing: {line!r}")
    return Turn(text, expectations, at, line.startswith("?"), where)


class Member:
    """A member of one conversation with the bot, as the talks know them."""

    def __init__(self, context, folder, place):
        calendar, problems = meetings_file.parse((TALKS / "meetings.toml").read_bytes())
        assert not problems
        self.context = dataclasses.replace(context, calendar=calendar)
        self._database = open_database(folder / "talk.sqlite3")
        self._store, self._unanswered = Conversations(self._database), Unanswered(self._database)
        self._handler = Handler(lambda: self.context, self._store)
        self._address = Address(
            service_url="memory:", conversation_id="anna", user_id="anna", place=place
        )
        self.clock = Clock(START)

    def close(self):
        self._database.close()

    def say(self, turn):
        """Say a turn's text; what is not true of the reply, a sentence each."""
        before = self._known(turn.at)
        kept = sum(times for _, times, _ in self._unanswered.most_asked())
        incoming = Incoming(event="message", address=self._address, at=turn.at, text=turn.text)
        card, outcome = self._handler.handle(incoming)
        reply = Seen(self.context, card, outcome, before, self._known(turn.at))
        reply.kept = sum(times for _, times, _ in self._unanswered.most_asked()) > kept
        wrong = [x for x in turn.expectations if not reply.holds(x)]
        return [f"{turn.where}: {turn.text!r}: not true: {x}; {reply.summary()}" for x in wrong]

    def _known(self, at):
        return self._store.state(self._address, at).subscription


@dataclass
class Seen:
    """A reply, and the subscription before and after it."""

    context: object
    card: object
    outcome: object
    before: object
    after: object
    kept: bool = False

    def summary(self):
        """What came, for who mends it."""
        did = f"@{self.outcome.command}" if self.outcome.command else self.outcome.id
        return f"came: {self.outcome.kind} {did or ''} {self.card.title!r} offers {sorted(self.offered())}"

    def offered(self):
        """The ids that a press leads to, and the texts of other choices."""
        texts = {choice.text for choice in self.card.choices}
        ids = {i for i in self._ids() if self.context.title(i, self.card.language) in texts}
        return ids | set(self.outcome.suggestions)

    def _ids(self):
        says = self.context.texts.keys("nl")
        commands = (f"@{k.removeprefix('says.')}" for k in says if k.startswith("says."))
        return [*self.context.knowledge.entries, *commands]

    def done(self):
        """The id of what was told or carried out."""
        return f"@{self.outcome.command}" if self.outcome.command else self.outcome.id

    def holds(self, expectation):
        """Whether this is true of the reply."""
        verb, _, rest = expectation.partition(" ")
        check = getattr(self, f"is_{verb.replace('-', '_')}", None)
        if check is None:
            raise ValueError(f"no such expectation: {expectation!r}; see tests/talks/README.md")
        return check(*([rest.strip()] if rest else []))

    def is_answer(self, ids):
        self._require(ids)
        return self.outcome.kind == "answer" and self.outcome.id in ids.split("|")

    def is_choice(self, ids):
        self._require(ids)
        return bool(self.offered() & set(ids.split("|")))

    def is_near(self, ids):
        self._require(ids)
        return self.done() in ids.split("|") or self.is_choice(ids)

    def is_command(self, ids):
        return self.done() in [f"@{i}" for i in ids.split("|")]

    def is_unknown(self):
        return self.outcome.kind == "unknown"

    def is_not(self, ids):
        self._require(ids)
        return not ({self.done()} | self.offered()) & set(ids.split("|"))

    def is_unchanged(self):
        return self.before == self.after

    def is_on(self):
        return bool(self.after and self.after.active)

    def is_off(self):
        return not self.is_on()

    def is_leads(self, leads):
        wanted = None if leads == "default" else {_lead(x) for x in leads.split()}
        mine = self.after.leads if self.after else ()
        return (None if mine is None else set(mine)) == wanted

    def is_pause(self, days):
        start = getattr(self.after, "paused_from", None)
        end = self.after.paused_until if self.after else None
        if days == "none":
            return end is None
        wanted_start, wanted_end = map(date.fromisoformat, days.split())
        if end is None or (start or self.at_day()).astimezone(ZONE).date() != wanted_start:
            return False
        # Until a day, or through it: both are said, and the last day may be the one before.
        return end.astimezone(ZONE).date() - wanted_end in (timedelta(0), timedelta(days=1))

    def at_day(self):
        """From when a pause without a start counts."""
        return START

    def is_asks(self):
        return self.is_unchanged() and bool(self.card.choices) and self.outcome.kind != "answer"

    def is_language(self, language):
        return self.card.language == language

    def is_text(self, words):
        return words.casefold() in self._words()

    def is_no_text(self, words):
        return words.casefold() not in self._words()

    def _words(self):
        card = self.card
        parts = [card.title, card.text, card.note, *(f"{k} {v}" for k, v in card.facts)]
        return " ".join(parts).casefold()

    def is_kept(self):
        return self.kept

    def is_not_kept(self):
        return not self.kept

    def _require(self, ids):
        """An id that nobody has can be neither shown nor avoided: a slip of the author."""
        unknown = set(ids.split("|")) - set(self._ids())
        if unknown:
            raise ValueError(f"no entry and no command: {', '.join(sorted(unknown))}")


def _lead(text):
    """A lead as meetings.toml writes it."""
    number, unit = re.fullmatch(r"(\d+)([dhm])", text).groups()
    return timedelta(**{{"d": "days", "h": "hours", "m": "minutes"}[unit]: int(number)})
