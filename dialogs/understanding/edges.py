"""The two ends of a message, taken off word by word until nothing more may go."""

import re
from collections.abc import Container

from dialogs.understanding.courtesy import WORD, Courtesy, Kind, Phrase

TELLING: tuple[Kind, ...] = ("thanks", "greeting", "closing", "politeness", "dictated")
"""Of a message that is nothing but courtesy, the first of these is what was said."""
PHRASE_MAX = 6
"""Words of the longest phrase that is looked up."""
THANKED_FOR_MAX = 5
"""Words of what somebody is thanked for."""
NAME_MAX = 4
"""Words of a name after a greeting or a closing."""
SIGNATURE_MAX = 40
"""Words of a signature; what is longer was meant to be read."""

_PAUSE = re.compile(r"[,.!?;:\n\r…–—]")
_LOOSE = " \t\r\n,.;:!?)]…–—-"
_ENDING = re.compile(r"[?!.…)\]'\"’”»*_`]*")
_PAIRS = {"'": "'", '"': '"', "‘": "’", "’": "’", "“": "”", "„": "”“", "«": "»", "`": "`"}
_MARKS = "*_~"


class Edges:
    """A message as words, of which the outer ones are taken off.

    Every step moves an end inwards, so there are never more steps than words.
    """

    def __init__(self, words: Courtesy, text: str) -> None:
        """Take off all that may go."""
        self._courtesy, self._text = words, text
        self._spans = [match.span() for match in WORD.finditer(text)]
        self._words = [text[a:b].casefold().replace("’", "'") for a, b in self._spans]
        self._low, self._high = 0, len(self._words)
        self._cores: dict[Kind, str] = {}
        self.pieces: list[tuple[Kind, str]] = []
        """What was taken off, in order."""
        while self._low < self._high and self._first():
            pass
        while self._low < self._high and (self._signature() or self._last()):
            pass
        if self.pieces and self._words[self._low : self._high] in self._courtesy.joining:
            # `bedankt en fijn weekend`
            self._low = self._high

    def left(self) -> str:
        """What was said; of a message that is nothing but courtesy, its thanks or greeting."""
        if self._low == self._high:
            telling = (self._cores[kind] for kind in TELLING if kind in self._cores)
            return next(telling, unwrapped(self._text))
        start = self._spans[self._low - 1][1] if self._low else 0
        left = self._text[start : self._end()]
        return unwrapped(left.lstrip(_LOOSE) if self._low else left)

    def _end(self) -> int:
        """Where what is left ends; of what stands behind it, a question mark belongs to the question."""
        if self._high == len(self._words):
            return len(self._text)
        last = self._spans[self._high - 1][1]
        ending = _ENDING.match(self._text, last)
        return ending.end() if ending else last

    def _first(self) -> bool:
        """Take a phrase off the beginning."""
        phrase = self._longest(self._courtesy.first, self._low)
        size = len(phrase)
        if phrase:
            kind = self._courtesy.first[phrase]
            after = self._low + size
            if kind == "greeting":
                after += self._name_after(after)
            if kind == "thanks":
                after += self._thanked_for(after)
            if kind == "dictated":
                return self._low > 0 and self._take_first(kind, size, size)
            if phrase in self._courtesy.careful and not self._pause_after(after):
                return False
            return self._take_first(kind, size, after - self._low)
        if self._longest(self._courtesy.subjects, self._low) and ":" in self._gap(self._low + 1):
            return self._take_first("subject", 1, 1)
        size = len(self._longest(self._courtesy.openings, self._low))
        name = self._name_before_pause(self._low + size) if size else 0
        return bool(name) and self._take_first("greeting", size + name, size + name)

    def _last(self) -> bool:
        """Take a phrase off the end."""
        for start in range(max(self._low, self._high - PHRASE_MAX), self._high):
            phrase = tuple(self._words[start : self._high])
            kind = self._courtesy.last.get(phrase)
            if kind is not None and self._may_end(phrase, kind, start):
                return self._take_last(kind, start, len(phrase))
        return False

    def _may_end(self, phrase: Phrase, kind: Kind, start: int) -> bool:
        """Whether a phrase at the end is courtesy there: the `punt` of `een punt` is a thing."""
        careful = phrase in self._courtesy.careful
        if kind == "dictated":
            before = tuple(self._words[self._low : start])
            return before in self._courtesy.commands if careful else bool(before)
        return not careful or start == self._low or bool(_PAUSE.search(self._gap(start)))

    def _signature(self) -> bool:
        """Take a closing with the name under it, or what a device adds, off the end."""
        for start in range(max(self._low, self._high - SIGNATURE_MAX), self._high):
            if self._longest(self._courtesy.sent_from, start):
                return self._take_last("signature", start, 0)
            closing = self._longest(self._courtesy.closings, start)
            name = start + len(closing)
            if (
                closing
                and start > 0
                and name < self._high
                and self._may_end(closing, "closing", start)
                and self._is_name(name)
            ):
                return self._take_last("signature", start, len(closing))
        return False

    def _is_name(self, start: int) -> bool:
        """Whether from here to the end stands who signed: a name, and perhaps lines under it."""
        text = self._text[self._spans[start][0] : self._end()]
        name, parted, _ = text.partition("|")
        if "?" in text or (not parted and self._holds_command(start, self._high)):
            return False
        line = WORD.findall(name.split("\n", 1)[0])
        capitals = sum(word[0].isupper() for word in line)
        return len(line) <= NAME_MAX and (capitals * 2 >= len(line) or len(line) <= 2)

    def _holds_command(self, start: int, end: int) -> bool:
        """Whether a command stands there: `groetjes, stop ook maar`."""
        return any(self._longest(self._courtesy.commands, place) for place in range(start, end))

    def _thanked_for(self, start: int) -> int:
        """The words of what somebody is thanked for: `voor je uitleg`, `for the quick reply`."""
        known = len(self._longest(self._courtesy.thanked_for, start))
        if tuple(self._words[start : start + 1]) not in self._courtesy.for_:
            return known
        for size in range(2, THANKED_FOR_MAX + 1):
            end = start + size
            joins = self._words[end : end + 1] in self._courtesy.joining
            if end >= self._high or joins or _PAUSE.search(self._gap(end)):
                return min(size, self._high - start)
        return known

    def _name_after(self, start: int) -> int:
        """The words of whom a greeting greets: `allemaal`, `Ladderbot`, `Sanne,`."""
        size = len(self._longest(self._courtesy.addressees, start))
        if size or start + 1 >= len(self._words):
            return size
        named = self._text[self._spans[start][0]].isupper() and not _PAUSE.search(self._gap(start))
        pause = re.search(r"[,\n]", self._gap(start + 1))
        return 1 if named and pause and not self._holds_command(start, start + 1) else 0

    def _name_before_pause(self, start: int) -> int:
        """The words up to a comma or the end of a line, where these are few enough to be a name."""
        for size in range(1, min(NAME_MAX, self._high - start) + 1):
            if re.search(r"[,:\n]", self._gap(start + size)):
                return size
        return 0

    def _longest(self, phrases: Container[Phrase], start: int) -> Phrase:
        """The longest of these phrases that begins here; empty where none does."""
        for size in range(min(PHRASE_MAX, self._high - start), 0, -1):
            phrase = tuple(self._words[start : start + size])
            if phrase in phrases:
                return phrase
        return ()

    def _gap(self, index: int) -> str:
        """What stands between a word and the one before it."""
        before = self._spans[index - 1][1] if index else 0
        after = self._spans[index][0] if index < len(self._spans) else len(self._text)
        return self._text[before:after]

    def _pause_after(self, index: int) -> bool:
        return index >= self._high or bool(_PAUSE.search(self._gap(index)))

    def _take_first(self, kind: Kind, core: int, size: int) -> bool:
        """Take words off the beginning, of which the first few are what they are about."""
        start = self._spans[self._low][0]
        self._cores.setdefault(kind, self._text[start : self._spans[self._low + core - 1][1]])
        self.pieces.append((kind, self._text[start : self._spans[self._low + size - 1][1]]))
        self._low += size
        return True

    def _take_last(self, kind: Kind, start: int, core: int) -> bool:
        """Take the words from `start` off the end."""
        begin = self._spans[start][0]
        if core:
            whose: Kind = "closing" if kind == "signature" else kind
            self._cores.setdefault(whose, self._text[begin : self._spans[start + core - 1][1]])
        self.pieces.append((kind, self._text[begin : self._spans[self._high - 1][1]]))
        self._high = start
        return True


def unwrapped(text: str) -> str:
    """A text without quotation marks, or marks of Markdown, around the whole."""
    text = text.strip()
    while len(text) > 1:
        core = text.rstrip("?!., ")
        marks = core[:1] in _MARKS and core.endswith(core[:1])
        quotes = core[-1:] in _PAIRS.get(core[:1], "-") and core[-1:] not in core[1:-1]
        if len(core) > 1 and (marks or quotes):
            text = core[1:-1].strip()
        else:
            break
    return text
