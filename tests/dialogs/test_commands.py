"""The registry: a new command is one row, its dialog, its texts and its example questions."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.reading import read_files
from dialogs import conversation, trouble
from dialogs.card import Card
from dialogs.catalog import Texts
from dialogs.command import PERSONAL, Command, command_reply
from dialogs.commands import COMMANDS, MissingTextsError, ids, listed, require_texts
from dialogs.values import ConversationState, Message, Place
from faq import files
from faq.search.result import Match, SearchResult
from tests.support import ROOT

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

# The four pieces. The dialog:


def weather(context, request):
    text = context.texts.get(request.language, "weather.text")
    card = Card(language=request.language, title="", text=text)
    return command_reply(context, request, card, choice_ids=["@topics"])


# its row:
ROW = Command(id="weather", run=weather, places=PERSONAL, needs_store=True, changes_reminders=True)
WITH = (*COMMANDS, ROW)

# its texts, in each language:
TEXTS = {
    "nl": ("Weer", "Het weer", "Het blijft droog.", "Niet hier."),
    "en": ("Weather", "Weather", "It stays dry.", "Not here."),
}

# and its example questions.
EXAMPLES = b"question\texpected\tlang\tstyle\nblijft het droog\t@weather\tnl\tplain\n"


def with_texts(context):
    """The shipped texts and those of the new command."""

    def toml(language):
        says, title, text, not_here = TEXTS[language]
        shipped = (ROOT / "dialogs" / "texts" / f"{language}.toml").read_text("utf-8")
        shipped = shipped.replace("[says]\n", f'[says]\nweather = "{says}"\n')
        shipped = shipped.replace("[exact]\n", f'[exact]\nweather = ["{says.casefold()}"]\n')
        shipped = shipped.replace(
            "[manifest.command]\n", f'[manifest.command]\nweather = "{title}"\n'
        )
        own = f'title = "{title}"\ntext = "{text}"\nnot_here = "{not_here}"\n'
        return f"{shipped}\n[weather]\n{own}"

    texts = Texts(
        {language: toml(language) for language in TEXTS}, contact="Sanne", community="CoP"
    )
    return replace(context, texts=texts)


def say(context, text, place=Place.PERSONAL):
    message = Message(text=text, at=NOW, place=place)
    return conversation.respond(context, message, ConversationState(), WITH)


def test_a_new_command_is_understood_by_its_words_alone(context_without_content):
    reply = say(with_texts(context_without_content), "weer")

    assert (reply.outcome.command, reply.card.title) == ("weather", "Het weer")
    assert say(with_texts(context_without_content), "weather").card.text == "It stays dry."


def test_every_command_has_its_texts(context_without_content):
    require_texts(context_without_content.texts)


def test_a_command_without_its_texts_is_one_sentence_that_names_every_key(context_without_content):
    with pytest.raises(MissingTextsError) as missing:
        require_texts(context_without_content.texts, WITH)

    keys = (
        "says.weather",
        "exact.weather",
        "weather.title",
        "weather.text",
        "weather.not_here",
        "manifest.command.weather",
    )
    named = ", ".join(f"{language} {key}" for language in ("nl", "en") for key in keys)
    assert str(missing.value).startswith(
        f"texts of commands are missing in dialogs/texts: {named};"
    )


def test_with_the_texts_that_its_row_asks_for_it_lacks_none(context_without_content):
    require_texts(with_texts(context_without_content).texts, WITH)


def test_a_new_command_is_only_carried_out_in_its_places(context_without_content):
    assert say(with_texts(context_without_content), "weer", Place.CHANNEL).card.text == "Niet hier."
    assert listed(Place.PERSONAL, WITH)[-1] == "weather"
    assert "weather" not in listed(Place.CHANNEL, WITH)


class Search:
    """A search to which everything is the new command, with this probability."""

    def __init__(self, score):
        self.score = score

    def search(self, *_, **__):
        return SearchResult("answer", (Match("@weather", self.score),), "nl")


def test_a_new_command_is_found_by_the_search_and_must_be_sure_where_its_row_says_so(
    shipped_context,
):
    context = with_texts(shipped_context)

    sure = say(replace(context, search=Search(0.95)), "blijft het droog?")
    unsure = say(replace(context, search=Search(0.6)), "herinner me als het droog blijft")

    assert (sure.outcome.command, sure.outcome.score) == ("weather", 0.95)
    assert (unsure.outcome.kind, unsure.card.choices[0].text) == ("suggest", "Weer")


def test_a_new_command_promises_nothing_without_the_store_it_needs(context_without_content):
    context = with_texts(context_without_content)

    reply = trouble.without_store(context, say(context, "weer"), WITH)

    assert reply.card.title == context.texts.get("nl", "unkept.title")


def test_example_questions_may_lead_to_a_new_command(shipped_context):
    raw, _ = read_files(ROOT / "faq" / "content")
    raw["questions/weer.tsv"] = EXAMPLES

    content, problems = files.parse(raw, ids(WITH))

    assert [str(problem) for problem in problems] == []
    assert any(example.expected == "@weather" for example in content.examples)
    assert any("'@weather'" in str(problem) for problem in files.parse(raw, ids())[1])
