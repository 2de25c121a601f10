"""Whether a message that looks like a change of the reminders really asks for it.

The search is deaf to `niet`: to it `meld me niet af` is `meld me af`. So what it takes for a command is
read once more, word by word, before anything is changed.
"""

import re
from collections.abc import Callable
from typing import Literal

from dialogs.understanding.reminder_words import (
    about_a_pause,
    about_reminders,
    for_everybody,
    is_one_meeting,
    of_the_ladder,
)
from dialogs.understanding.reported import without_reported
from faq.tokens import folded

Verdict = Literal["do", "keep", "ask", "one_meeting"]
"""Carry it out; change nothing, for that is what is asked; ask; ask whether one meeting is meant."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_CLAUSE = re.compile(
    r"[.,;:!?()\n\r]+|\b(?:maar(?! niet\b)|doch|dus|omdat|en|of|but|so|because|since|and|or|though)\b"
)
_WORD = re.compile(r"[a-z0-9]+")
_QUOTATION = re.compile(r"[\"“„«][^\"”“»]{1,300}[\"”“»]|(?<!\w)['‘][^'’\n]{1,300}['’](?!\w)")
_NOT = _words(
    "niet nooit geen niks niets noch nergens zonder nimmer not never no nothing without neither nor "
    "dont doesnt didnt wont wouldnt cant cannot shouldnt isnt aint neednt hoeft hoef"
)
_NEEDLESS = frozenset({"hoeft", "hoef"})
"""Negate only together with another word: `hoef niet`; counted once."""
_LONGER = _words("meer langer verder anymore longer more further again any")
_STOPS = re.compile(
    r"stop\w*|gestopt|afmeld\w*|afgemeld|afgehaald|uitschrij\w*|uitgeschreven|opzeg\w*|opgezegd|uitzet\w*"
    r"|uitgezet|uitschakel\w*|beeindig\w*|stak\w*|staak\w*|ophou\w*|opgehouden|weghal\w*|afhal\w*|annul\w*"
    r"|verwijder\w*|schrap\w*|kwijt\w*|eraf|unsub\w*|cancel\w*|quit\w*|ceas\w*|discontinu\w*|deactiv\w*"
    r"|disab\w*|remov\w*|delet\w*|end|ending|lose|losing|kap\w*|ontkoppel\w*"
)
_STARTS = re.compile(
    r"aanmeld\w*|aangemeld|abonne\w*|geabonneerd|inschrij\w*|ingeschreven|aanzet\w*|aangezet"
    r"|inschakel\w*|activeer\w*|subscri\w*|enabl\w*|activat\w*|enrol\w*"
)
_REMINDS = re.compile(
    r"herinner\w*|waarschuw\w*|stuur\w*|sturen|bericht\w*|mailen|pingen|remind\w*|send\w*|notif\w*|alert\w*|ping\w*"
)
_GETS = re.compile(r"krijg\w*|ontvang\w*|horen|receiv\w*|get|hear")
_PAUSES = re.compile(r"pauz\w*|gepauz\w*|paus\w*|snooz\w*|onderbre\w*|opschort\w*|mute\w*|hold")
_PARTED = re.compile(
    r"meld\w*|schrij\w*|zet\w*|haal\w*|halen|schakel\w*|gooi\w*|zeg\w*|hou\w*|turn\w*|switch\w*|shut\w*|tak\w*|sign\w*|opt\w*"
)
_OFF = _words("af uit eraf ervan weg op off out away lijst list")
_ON = _words("aan in on up")
_MISSED = re.compile(r"mis|miss\w*|gemist|verge\w*|forget\w*|forgot\w*|ontga\w*")
_FILLERS = _words(
    "nee toch niet maar wel doe dat actually no not wait wacht laat never mind nevermind nah neen liever rather"
)
"""A clause of nothing but these takes back what was said before it: `stop, nee toch niet`."""
_ASKED = re.compile(
    r"\b(?:kun|kan|kunt|wil|wilt|zou|could|can|would|will|why|waarom)\b.{0,20}\b(?:je|jij|u|you)\b"
)
"""`kun je niet stoppen` asks for it, or says the opposite."""
_INFINITIVE = re.compile(r"\b(af|uit|aan|op|stop|in) te (?=\w)")
_REACH = 6
"""Words between a negation and what it negates."""
_HYPOTHETICAL = re.compile(
    r"^\W*(?:(?:en|and)\s+)?(?:(?:wat|als|stel|what)\s(?:als|gebeurt|dan|ik|je|dat|if|happens)|if\s(?:i|you)"
    r"|moet\sik|moeten\swe|(?:should|must|am|have|did)\s(?:i|you)|do\si\s(?:have|need)|are\swe|ben\sik"
    r"|zijn\s(?:wij|we|de|mijn)|staan|waarom|why|heb\sik|ging|gaan\sde)\b"
)


_NOT_MINE_NOW = re.compile(
    r"\bdacht\s(?:ik|we|eerst)\b|\bik\s(?:dacht|wilde\seerst|wou\seerst)\b|\bi\s(?:thought|was\sthinking|almost)\b"
    r"|\b(?:hij|zij|ze|he|she)\s(?:wil|hoeft|moet|wants|needs|would)\b"
)
"""Told of another time, or of somebody else: `dacht ik eerst`, `hij wil ze uit`."""


def reading(command: str, text: str) -> Verdict:
    """What to do with a message that was taken for a command that changes the reminders.

    Args:
        command: `subscribe`, `unsubscribe` or `pause`; any other is carried out.
        text: what was said. What stands between quotation marks is not the member's own wish.
    """
    judge = {"subscribe": _to_start, "unsubscribe": _to_stop, "pause": _to_pause}.get(command)
    if judge is None:
        return "do"
    own = without_reported(text)
    words = _QUOTATION.sub(" ", folded(own)).replace("’", "'").replace("n't", "nt")
    words = _INFINITIVE.sub(r"\1", words)
    if command != "pause" and is_one_meeting(words):
        return "one_meeting"
    about = about_reminders(words) or (command == "pause" and about_a_pause(words))
    if not about or _is_hypothetical(words) or _NOT_MINE_NOW.search(words):
        return "ask"
    if command == "subscribe" and for_everybody(words):
        return "ask"
    clauses = [clause for part in _CLAUSE.split(words) if (clause := _WORD.findall(part))]
    taken_back = any(set(c) <= _FILLERS and _nots(c) for c in clauses)
    only_quoted = (own != text or _QUOTATION.search(folded(text))) and not any(
        _wishes(c) for c in clauses
    )
    if taken_back or only_quoted:
        return "ask"
    verdict = judge(clauses)
    return "ask" if verdict == "keep" and _ASKED.search(words) else verdict


def _wishes(clause: list[str]) -> bool:
    """Whether a clause holds a word of a wish, whatever it wishes."""
    verbs = ((_STOPS, _OFF), (_STARTS, _ON), (_PAUSES, frozenset[str]()))
    return bool(_nots(clause)) or any(_places(clause, *verb) for verb in verbs)


def _is_hypothetical(words: str) -> bool:
    """Whether it is only asked what would be, or what was."""
    alone = len([part for part in re.split(r"[.?!;\n]+", words) if part.strip()]) == 1
    return alone and _HYPOTHETICAL.search(words) is not None


Clauses = list[list[str]]


def _to_stop(clauses: Clauses) -> Verdict:
    negated = _negations(clauses, lambda clause: _places(clause, _STOPS, _OFF))
    starts = _negations(clauses, lambda clause: _places(clause, _STARTS, _ON))
    stopping = (clause for clause in clauses if _places(clause, _STOPS, _OFF))
    if any(of_the_ladder(" ".join(clause)) for clause in stopping):
        return "ask"
    if any(starts) or (sum(negated) and not all(negated)):
        return "ask"
    if not negated or not any(negated):
        # `ik wil niet niet herinnerd worden`
        doubled = (
            len(_nots(c)) > 1 and any(_REMINDS.fullmatch(w) or _GETS.fullmatch(w) for w in c)
            for c in clauses
        )
        return "ask" if any(doubled) else "do"
    return "keep" if sum(len(_nots(clause)) for clause in clauses) == 1 else "ask"


def _to_start(clauses: Clauses) -> Verdict:
    starts = _negations(clauses, lambda clause: _places(clause, _STARTS, _ON))
    if starts:
        return "ask" if any(starts) else "do"
    stops = _negations(clauses, lambda clause: _places(clause, _STOPS, _OFF))
    if any(stops):
        return "keep" if all(stops) and sum(map(len, map(_nots, clauses))) == 1 else "ask"
    clauses = [c for c in clauses if not any(_MISSED.fullmatch(word) for word in c)]
    reminds = _negations(clauses, lambda clause: _places(clause, _REMINDS, frozenset()))
    return "ask" if reminds and all(reminds) else "do"


def _to_pause(clauses: Clauses) -> Verdict:
    pauses = _negations(clauses, lambda clause: _places(clause, _PAUSES, frozenset()))
    if not any(pauses):
        return "do"
    return "keep" if all(pauses) and sum(map(len, map(_nots, clauses))) == 1 else "ask"


def _negations(clauses: Clauses, places: Callable[[list[str]], list[int]]) -> list[bool]:
    """For every clause that holds such a word: whether it is negated there."""
    return [_is_negated(clause, held) for clause in clauses if (held := places(clause))]


def _places(clause: list[str], verbs: re.Pattern[str], particles: frozenset[str]) -> list[int]:
    """Where a clause holds such a verb, or the two parts of one: `zet … uit`."""
    whole = [i for i, word in enumerate(clause) if verbs.fullmatch(word)]
    parted = [i for i, word in enumerate(clause) if _PARTED.fullmatch(word)]
    ends = [i for i, word in enumerate(clause) if word in particles and any(p < i for p in parted)]
    return sorted({*whole, *ends, *(p for p in parted if any(p < i for i in ends))})


def _nots(clause: list[str]) -> list[int]:
    """Where a clause says no."""
    return [
        i
        for i, word in enumerate(clause)
        if word in _NOT
        and not (word in _NEEDLESS and {"niet", "geen", "niks", "niets"} & set(clause))
        and clause[i : i + 2] not in (["niet", "een"], ["niet", "alleen"], ["not", "only"])
    ]


def _is_negated(clause: list[str], held: list[int]) -> bool:
    """Whether a negation reaches one of these words: `niet stoppen`, `meld me niet af`."""
    for no in _nots(clause):
        near = [place for place in held if 0 < abs(place - no) <= _REACH]
        if not near:
            continue
        longer = clause[no + 1 : no + 2]
        if longer and longer[0] in _LONGER and no + 2 not in held and no + 3 not in held:
            continue
        between = clause[no : max(near)]
        if clause[no] in ("geen", "no") and any(_REMINDS.fullmatch(word) for word in between):
            # `geen berichten meer sturen stop ermee`
            continue
        return True
    return False
