"""What the bot says of itself: the welcome, help, a greeting, thanks, and who can be reached."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.card import Card, Choice
from dialogs.command import command_reply
from dialogs.context import Context
from dialogs.format import choices, counted
from dialogs.values import Place, Reply, Request
from faq.language import DEFAULT


def welcome(context: Context, place: Place) -> Card:
    """The first words in a conversation, sent once.

    In Dutch, with a line of English, whatever the client's locale: many a Dutch desktop is set to English.
    """
    context = context.here(place)
    texts, language = context.texts, DEFAULT
    examples = _examples(context)
    ids = ["@subscribe", "@topics", "@language" if place == Place.PERSONAL else "@help"]
    rows = tuple(Choice(example, example, row=True) for example in examples)
    card = Card(
        language=language,
        title=texts.get(language, "welcome.title"),
        text=texts.get(language, "welcome.text")
        if place == Place.PERSONAL
        else texts.get(
            language, "welcome.text_shared", who=texts.get(language, f"who.{place.name.lower()}")
        ),
        note=texts.get(language, "welcome.note"),
        prompt=texts.get(language, "welcome.prompt"),
        choices=(
            *rows,
            *choices(context, ids, language),
        ),
    )
    return counted(context, card)


def _examples(context: Context) -> tuple[str, ...]:
    """Questions to begin with: each leads to an answer of this content."""
    texts, entries = context.texts, context.knowledge.entries.values()
    meetings = texts.get(DEFAULT, "welcome.meetings_example")
    listed = texts.get_list(DEFAULT, "welcome.examples")
    own = [example for example in listed if not entries or _is_answered(context, example)]
    titles = (entry.title(DEFAULT) for entry in entries)
    others = [title for title in titles if title not in own]
    return (*own, *others[: len(listed) - len(own)], meetings)


def _is_answered(context: Context, question: str) -> bool:
    """Whether a question leads to an answer; as far as is known before anything is learned."""
    if context.search is None:
        entries = context.knowledge.entries.values()
        return any(question == phrasing for entry in entries for phrasing, _ in entry.phrasings)
    result = context.search.search(question)
    return result.zone == "answer" and result.matches[0].id in context.knowledge.entries


def help_(context: Context, request: Request) -> Reply:
    """What the bot can do; first that it cannot answer questions, where that is so."""
    text = context.texts.get(request.language, "help.text")
    if context.search is None:
        text = context.texts.get(request.language, "no_content.text") + "\n\n" + text
    reply = _fixed(context, request, text + _mention(context, request), ["@human"])
    prompt = context.texts.get(request.language, "help.prompt")
    return replace(
        reply, card=replace(reply.card, prompt=prompt, choices=_offers(context, request))
    )


def _offers(context: Context, request: Request) -> tuple[Choice, ...]:
    """What can be pressed on the card of help, each with what it is for."""
    texts, language = context.texts, request.language
    personal = ("my-data",) if request.message.place == Place.PERSONAL else ()
    what = {
        id_: texts.get(language, f"manifest.command.{id_}")
        for id_ in ("topics", "meetings", "status", "human", *personal)
    }
    what["language"] = texts.get(language, "help.language")
    offers = []
    for id_, explained in what.items():
        name = texts.get(language, f"says.{id_}")
        label = texts.get(
            language, "help.row", name=name, what=explained[:1].lower() + explained[1:]
        )
        offers.append(Choice(label, name, row=True))
    return tuple(offers)


def greeting(context: Context, request: Request) -> Reply:
    """A greeting back, and what can be asked."""
    text = context.texts.get(request.language, "greeting.text") + _mention(context, request)
    return _fixed(context, request, text, ["@help", "@topics"])


def thanks(context: Context, request: Request) -> Reply:
    """You are welcome."""
    text = context.texts.get(request.language, "thanks.text")
    return _fixed(context, request, text, ["@topics", "@meetings"])


def human(context: Context, request: Request) -> Reply:
    """Who can be reached."""
    text = context.texts.get(request.language, "human.text")
    return _fixed(context, request, text, ["@topics", "@help"])


def _mention(context: Context, request: Request) -> str:
    """Where others talk too: that the bot must be mentioned."""
    if request.message.place == Place.PERSONAL:
        return ""
    return "\n\n" + context.texts.get(request.language, "help.shared")


def _fixed(context: Context, request: Request, text: str, choice_ids: Sequence[str]) -> Reply:
    """A text, the command's note where it has one, and a way forward."""
    texts, language, key = context.texts, request.language, f"{request.command}.note"
    note = texts.get(language, key) if key in texts.keys(language) else ""
    card = Card(language=language, title="", text=text, note=note)
    return command_reply(context, request, card, choice_ids=choice_ids)
