"""How an entry wants to be asked for: not every question that shares its words is one for it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from faq.files import Content
from faq.tokens import folded, shortened, tokenize

# In Dutch, English, French and German; held against text that is folded.
_TO_THE_BOT = re.compile(
    r"\b(?:je|jij|jou|jouw|jullie|jezelf|uw?|you|your|yours|yourself|tu|toi|te|ton|tes|vous|votre|vos|"
    r"du|dich|dir|dein\w*|sie|ihnen|ihre?|"
    r"(?:chat)?bots?|ladderbot|copilot|ai|llm|(?:chat)?gpt|openai|taalmodel|language model|"
    r"chats?|gesprek(?:ken)?|conversations?|kanaal|channel|teams|berichtvak|"
    r"(?:mijn|onze|my|our) (?:vraag|vragen|berichten|questions?|messages)|typ|typen|typt|typing|type here|"
    r"hier|hierachter|here|voor (?:mij|me|ons)|for (?:me|us)|i type|am i talking|reading along|"
    r"(?:lee?st?|lezen|kijkt?|kijken)\b.{1,30}\bmee|meelezen|"
    r"schermlezers?|talen|languages|laptop|inlog\w*|log ?in|(?:dit|this)(?=\W*$)|is (?:dit|this)|"
    r"screen ?readers?|wachtwoord|password|account|"
    r"(?:dit|deze|this|jouw|een|het|your|an|the|geen|no) (?:antwoord|kaart|answer|card))\b"
)
_MEANING = re.compile(
    r"\b(?:beteken\w*|bedoel\w*|afkorting\w*|afgekort|voluit|definitie|begrip|uitleg|verschil|"
    r"mean(?:s|t|ing)?|abbreviation|acronym|definition|difference|stands? for|short for|"
    r"signifie|signification|veut dire|abreviation|sigle|"
    r"bedeutet|bedeutung|abkurzung|heisst)\b"
    r"|\b(?:staat|staan|steht)\b.{1,40}\b(?:voor|fur)\b"
    r"|\b(?:houdt?|gaat)\b.{1,40}\b(?:in|over)\W*$"
    # `wat is een LCA?`, and not `wat is de rol van de RvA`: what is asked after is three words at most.
    r"|\b(?:(?:wat|wie|what|who|was|wer) (?:is|zijn|are|does|doet|doen|ist|sind)|(?:what|who|wat)['’]s"
    r"|qu.est.ce que?|c.est quoi|wofur steht)(?: (?:de|het|een|the|an?|der|die|das|eine?|l[ae]|une?))?"
    r"(?: [\w-]+){1,3}(?: (?:do|precies|eigenlijk|exactly))?\s*(?:$|[?.,!;()]| en | and )"
)
_PATTERNS: Mapping[str, re.Pattern[str]] = {"ladderbot-": _TO_THE_BOT, "afkorting-": _MEANING}
"""By how ids begin: what a message must have. What the bot tells of itself is for who speaks to it or of
where it is; what an abbreviation stands for, for who asks that."""


class Addressing:
    """Which entries a message does not ask for, whatever words it shares with them."""

    def __init__(self, content: Content, classes: Sequence[str]) -> None:
        """Read in which words entries are asked for.

        Args:
            content: the entries with their phrasings.
            classes: the labels that the model knows, in its order.
        """
        self._by_kind: dict[str, dict[int, frozenset[str]]] = {kind: {} for kind in _PATTERNS}
        entries, lines = content.knowledge.entries, defaultdict(list)
        for example in content.examples:
            lines[example.expected].append(example.question)
        for index, label in enumerate(classes):
            kind = next((kind for kind in _PATTERNS if label.startswith(kind)), "")
            if kind and label in entries:
                own = [text for text, _ in entries[label].phrasings] + lines[label]
                self._by_kind[kind][index] = frozenset(w for text in own for w in tokenize(text))

    def barred(self, question: str) -> list[int]:
        """The classes that a message does not ask for.

        A message that has no word but those of an entry's own phrasings and example questions asks
        for it all the same: `LCA`.
        """
        text, words = " ".join(folded(shortened(question)).split()), set(tokenize(question))
        return [
            index
            for kind, entries in self._by_kind.items()
            if entries and not _PATTERNS[kind].search(text)
            for index, own in entries.items()
            if not words <= own
        ]
