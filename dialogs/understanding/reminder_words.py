"""Whether words are about the reminders, about one meeting, or about somebody else."""

import re

from faq.tokens import folded

_ONE_MEETING = re.compile(
    r"\b(?:voor|van|bij|from|for|of|at|to)\s+(?:(?:de|het|die|deze|dit|een|the|this|that|a|next|volgende|komende|eerstvolgende"
    r"|our|onze|je|your|alle|all)\s+){0,3}"
    r"(?:bijeenkomst(?:en)?|sessies?|meetings?|overleg|vergadering(?:en)?|sessions?|cop|leerkring|event|call"
    r"|\d{1,2}\s*(?:e\s+)?(?:jan|feb|maart|mrt|march|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*"
    r"|(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
    r"|(?:january|february|march|may|june|july|august|october)"
    r"|(?:maan|dins|woens|donder|vrij)dag|(?:mon|tues|wednes|thurs|fri)day|morgen|vandaag|tomorrow|today)\b"
)
_COMES = re.compile(
    r"\bik\b(?:\s+\w+){0,4}\s+(?:niet|verhinderd)\b(?:\s+\w+){0,3}\s+(?:komen|bij|aanwezig|erbij)\b"
    r"|\b(?:kan|ben)\s+ik?\s*(?:er\s+)?niet\b|\bverhinderd\b"
    r"|\b(?:can ?not|can ?t|cannot|wont|unable to)\s+(?:attend|come|make it|join)\b"
)
_REGISTERS = re.compile(
    r"\b(?:af|aan)(?:ge)?meld\w*|\bmeld\w*\b(?:\s+\w+){0,5}\s+(?:af|aan)\b|\binschrij\w*|\buitschrij\w*"
    r"|\bschrijf\b|\bopgeven\b|\bafzeg\w*|\bunsubscribe\b|\bsubscribe\b|\bsign\b|\bregister\w*|\bcancel\w*"
    r"|\bopt\b"
)
_ABOUT = re.compile(
    r"\bher+i+n+[eia]*r|\bher+iner|\brem\w{0,3}d[ei]?r|\bremi?nd|\bmeldi?n?i?g|notif|berich|seintje|\bping"
    r"|piep|alert|\balarm|pop.?up|attend(?:er|ing)|mail|message|\bmsgs?\b|aankondig|announce|\bposts?\b"
    r"|notice|abonn|subscri|unsus|lijst|\blist\b|waarschuw|\bwarn|nudg|heads.?up|\bpok|posted|hoogte"
    r"|geheugen|onthoud|porr|schouder|toezend|\bstop|\bstak|opt.?out|stuur|sturen|\bsend|ontvang|receiv"
    r"|\bhoor\b|\bhoren|\bhear|afmeld|aanmeld|\bmeld\b|gemeld|uitschr|inschr|rijf|\buns\w*b|\bzet|uitzet"
    r"|opzeg|pauz|\bpaus|stil|\bsign|\bspam|lastig|gestoord|bugging|met\srust|alone|quiet|silen"
    r"|van\s?te\s?vor|vooraf|ervoor|befor|ahead|in\sadvance|eerder|weten|know|denken|miss?en|\bmiss\b"
    r"|verge[et]|forget|\bcall\b|\bshout\b|\bupdate|verwittig|activ|schakel|weer\saan|back\son|\bkap\b"
    r"|\b(?:op|er|je)?houd?\b.{0,40}\bop\b|ophou|er\s?af\b|er\s?uit\b|er\s?van\s?af|\baf\b|schrap"
    r"|remove\sme|niet\smeer|any\s?more|any\slonger|switch|turn"
)
_ABOUT_PAUSE = re.compile(
    r"\bpauz|\bpaus|snooz|mute|\bhold\b|onderbr|opschort|stil|zwijg|mond|koest|rust|break|skip|sla\b"
    r"|tijdelijk|temporar|\beven\b|\beffe|tijdje|poos|zolang|\btot\b|t/m|\btm\b|until|till|vakantie"
    r"|vakntie|verlof|leave|holiday|sabbat|office|ooo|hush|sleep|weken|weeks|wkn|maand|month|in\sde\swacht"
)
_EVERYBODY = re.compile(
    r"\b(?:aan|naar|to)\s+(?:(?:de|het|heel|ons|onze|mijn|the|my|our|all|alle|hele|whole)\s+){0,3}"
    r"(?:iedereen|allen|groep|leden|collega\w*|team|everyone|everybody|all|group|members|colleague\w*)\b"
    r"|\b(?:voor|for)\s+(?:(?:mijn|een|onze|my|a|our)\s+)?(?:collega\w*|leidinggevende|baas|manager|iedereen"
    r"|colleague\w*|boss|everyone|everybody)\b"
)
_OF_THE_LADDER = re.compile(
    r"ladder|\bco2|certific|\bcop\b|community|\bproject|aanbested|\btender|\baudit|niveau|\btrede|contract|\bskao"
)
_OF_REMINDERS = re.compile(r"herinn|remind|melding|notif|berich|seintje|alert|message|mail|abonn")


def about_reminders(text: str) -> bool:
    """Whether the words are about reminders, or about messages of the bot at all."""
    return _ABOUT.search(folded(text)) is not None


def about_a_pause(text: str) -> bool:
    """Whether the words are of a while without reminders: `tot 1 maart`, `ik ben met verlof`."""
    return _ABOUT_PAUSE.search(folded(text)) is not None


def for_everybody(text: str) -> bool:
    """Whether something is to go to others than who asks: `stuur een bericht aan iedereen`."""
    return _EVERYBODY.search(folded(text)) is not None


def is_one_meeting(text: str) -> bool:
    """Whether somebody registers for a meeting, or says not to come, rather than speaks of the reminders."""
    words = folded(text)
    meeting = _ONE_MEETING.search(words) or _COMES.search(words)
    if meeting is None or _OF_REMINDERS.search(words):
        return False
    return _REGISTERS.search(words) is not None


def of_the_ladder(text: str) -> bool:
    """Whether it is the Ladder, or the community, that somebody speaks of: to stop with that ends no reminders."""
    return _OF_THE_LADDER.search(text) is not None and _OF_REMINDERS.search(text) is None
