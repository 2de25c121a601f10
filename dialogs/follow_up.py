"""What is said to who asks on: the sentences that fit, what lies near, the sources; never the same card again."""

from dataclasses import replace

from dialogs import numbering
from dialogs.card import Card
from dialogs.catalog import Texts
from dialogs.changes import KeepUnanswered
from dialogs.context import Context
from dialogs.entry_card import entry_card
from dialogs.format import choices
from dialogs.in_short import in_short
from dialogs.leaning import content_words
from dialogs.markdown import paragraphs
from dialogs.subject import FollowUp
from dialogs.values import LastExchange, Message, Outcome, Reply
from faq.entries import Entry, normalized
from faq.language import Language
from faq.search.result import SUGGESTIONS, Match
from faq.sentences import joined


def asks_for_sources(texts: Texts, text: str) -> bool:
    """Whether a message asks where something stands, or whether it is still true."""
    return bool(texts.pattern("follow_up.sources").fullmatch(normalized(text)))


def sources(
    context: Context, message: Message, about: Entry, language: Language, told: str = ""
) -> Reply:
    """The sources of an answer, and when they were read.

    Args:
        context: what a dialog may read.
        message: what the member wrote.
        about: whose answer.
        language: of the reply.
        told: what was told last; the title of these sources where they were.
    """
    texts, whole = context.texts, _whole(context, message, about, language)
    title = texts.get(language, "follow_up.sources_title", title=about.title(language))
    key = "sources_none" if not about.sources else "sources_again" if told == title else ""
    card = replace(
        whole,
        title=title,
        fold=None,
        text=texts.get(language, f"follow_up.{key}") if key else "",
        choices=choices(context, [about.id, "@human"], language),
    )
    reply = _reply(message, card, about)
    return replace(reply, last=replace(reply.last, told=title))


def asks_for_proof(texts: Texts, text: str) -> bool:
    """Whether a message asks whether something is proven, which an answer may say itself."""
    return bool(texts.pattern("follow_up.proof").search(text.casefold()))


def no_answer(context: Context, message: Message, entry: str, language: Language) -> Reply:
    """That there is no answer whose sources could be shown; the talk stays about `entry`, where there is one."""
    card = Card(
        language=language,
        title=context.texts.get(language, "follow_up.no_answer_title"),
        text=context.texts.get(language, "follow_up.no_answer_text"),
        choices=choices(context, ["@topics", "@human"], language),
    )
    outcome = Outcome(kind="command", language=language, command="help", score=1.0)
    return Reply(card=card, outcome=outcome, last=LastExchange(question=message.text, entry=entry))


def reply(context: Context, message: Message, asked: FollowUp) -> Reply | None:
    """What is said to who asks on; None where a search knows better."""
    explains = context.texts.pattern("follow_up.explains").search(message.text.casefold())
    if explains and asked.leans and not asked.next:
        return _explained(context, message, asked)
    if asked.excerpt.sure:
        return part(context, message, asked)
    if asked.next:
        return _near(context, message, asked, asked.next)
    if asked.excerpt.sentences and asked.leans:
        return part(context, message, _with_related(asked))
    if asked.again:
        return _explained(context, message, asked)
    return _nothing(context, message, asked) if asked.leans else None


def part(context: Context, message: Message, asked: FollowUp) -> Reply:
    """The sentences of the subject's answer that fit."""
    return _part(context, message, asked, "partly", joined(asked.excerpt.sentences))


def numbered(context: Context, message: Message, asked: FollowUp) -> Reply | None:
    """What is said to a number that goes on with the subject's own numbering; None where it has none."""
    number = numbering.number_in(context.texts, message.text)
    if number is None:
        return None
    following = numbering.sibling(context, asked.about, number, asked.language)
    if following:
        return _near(context, message, asked, Match(following.id, 1.0))
    lines = numbering.lines(context, asked.about, number, asked.language)
    if lines is None:
        return None
    if not lines:
        return _nothing(context, message, asked)
    return _part(context, message, asked, "partly", joined(lines))


def _near(context: Context, message: Message, asked: FollowUp, match: Match) -> Reply:
    """The answer of an entry near the subject; the card says that it was read so."""
    entry = context.knowledge.entries[match.id]
    texts, card = context.texts, _whole(context, message, entry, asked.language)
    after = texts.get(asked.language, "follow_up.after", title=asked.about.title(asked.language))
    card = replace(card, note=f"{after} {card.note}")
    reply = _reply(message, card, entry, score=match.score)
    rest = (asked.about.id, *(match.id for match in asked.near[1:]))
    return replace(reply, last=replace(reply.last, rest=rest[:SUGGESTIONS]))


def _with_related(asked: FollowUp) -> FollowUp:
    """With what the subject names as related, beside what may be asked: where a part of it is not sure to answer."""
    known = {match.id for match in asked.near}
    related = [Match(id_, 0.0) for id_ in asked.about.related if id_ not in known]
    return replace(asked, near=(*asked.near, *related)[:SUGGESTIONS])


def _explained(context: Context, message: Message, asked: FollowUp) -> Reply:
    """The answer in short; to who wants more, what stands behind that."""
    about, language = asked.about, asked.language
    if context.texts.pattern("follow_up.wants_more").search(message.text.casefold()):
        whole = _whole(context, message, about, language)
        shown = whole.fold.paragraphs if whole.fold else None
        text = "\n\n".join(paragraphs(whole.text)[shown:]) if shown else ""
        return _part(context, message, asked, "more", text)
    return in_short(context, message, about, language, again=asked.shortened)


def _part(context: Context, message: Message, asked: FollowUp, key: str, text: str) -> Reply:
    """A part of the subject's answer; where there is none, or it was told just before, that this is all.

    Args:
        context: what a dialog may read.
        message: what the member wrote.
        asked: how it asks on.
        key: of the text that opens the card.
        text: the part.
    """
    texts = context.texts
    if not text or text == asked.told:
        return _about(context, message, asked, texts.get(asked.language, "follow_up.all"))
    opening = texts.get(asked.language, f"follow_up.{key}")
    reply = _about(context, message, asked, f"{opening}\n\n{text}")
    return replace(reply, last=replace(reply.last, told=text))


def _nothing(context: Context, message: Message, asked: FollowUp) -> Reply:
    """No sentence of the subject fits: what is likely near it, or that nobody here knows.

    Who asks for a place is shown the sources. A question with words of its own is kept.
    """
    texts, asked = context.texts, replace(asked, near=asked.offered)
    where = texts.pattern("follow_up.where").search(message.text.casefold())
    key = "perhaps" if asked.near else "nowhere" if where else "nothing"
    reply = _about(context, message, asked, texts.get(asked.language, f"follow_up.{key}"))
    outcome = Outcome(
        kind="suggest" if asked.near else "unknown",
        language=asked.language,
        suggestions=tuple(match.id for match in asked.near),
    )
    card = reply.card if key == "nowhere" else replace(reply.card, sources=None, note="")
    own = content_words(texts, message.text)
    kept = KeepUnanswered.of(message.text) if own else ()
    return replace(reply, card=card, outcome=outcome, changes=kept)


def _about(context: Context, message: Message, asked: FollowUp, text: str) -> Reply:
    """A text about the subject, and what is likely near it."""
    texts, about, language = context.texts, asked.about, asked.language
    near = [match.id for match in asked.near if match.id in context.knowledge.entries]
    card = replace(
        _whole(context, message, about, language),
        title=texts.get(language, "follow_up.title", title=about.title(language)),
        text=text,
        fold=None,
        prompt=texts.get(language, "answer.related") if near else "",
        choices=choices(context, [*near, about.id, "@human"], language),
    )
    return _reply(message, card, about)


def _whole(context: Context, message: Message, entry: Entry, language: Language) -> Card:
    return entry_card(context, entry, language, today=context.day(message.at))


def _reply(message: Message, card: Card, entry: Entry, score: float = 1.0) -> Reply:
    """A reply that keeps the talk about an entry."""
    outcome = Outcome(kind="answer", language=card.language, id=entry.id, score=score)
    return Reply(
        card=card, outcome=outcome, last=LastExchange(question=message.text, entry=entry.id)
    )
