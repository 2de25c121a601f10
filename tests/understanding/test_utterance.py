"""What is left of a message without what people, and their programs, put around it."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding.courtesy import words_of
from dialogs.understanding.utterance import read
from dialogs.values import Quoted
from faq.entries import normalized
from tests.support.content import shipped_content, texts

LEFT = [
    # What others wrote, a mail in one line, and what speech leaves.
    ('Els schreef: "stop ermee." Wat kost dat?', "Wat kost dat?"),
    ("Jan de Boer wrote: switch it off --- not for me though", "not for me though"),
    ("ik zei: zet ze uit", "ik zei: zet ze uit"),
    ("> je krijgt ze vandaag -- wat kost dat?", "wat kost dat?"),
    (
        "wat kost dat? Van: Bos, An Verzonden: ma 23 nov Aan: Els Onderwerp: RE: stop An wil weg",
        "wat kost dat?",
    ),
    (
        "wat kost dat? Met vriendelijke groet, An Bos | Assistent | ma di do | T 06 12 34 56 78",
        "wat kost dat?",
    ),
    ("eh wat kost eh dat komma en hoe lang precies punt", "wat kost dat, en hoe lang precies"),
    # A greeting, in front of a command or a question.
    ("hoi, stop", "stop"),
    ("Hallo, meld me af", "meld me af"),
    ("Goedemorgen allemaal! Hoe lang is het geldig?", "Hoe lang is het geldig?"),
    ("Hoi Marieke, wat kost dat?", "wat kost dat?"),
    ("Beste Ladderbot,\n\nwat kost dat?", "wat kost dat?"),
    ("Geachte heer/mevrouw,\nwat kost dat?", "wat kost dat?"),
    ("Dear Ms Jansen,\nhow much is it?", "how much is it?"),
    ("hi there pause", "pause"),
    ("dag, help", "help"),
    # A word that greets or thanks elsewhere.
    ("dag van tevoren", "dag van tevoren"),
    ("top tien maatregelen", "top tien maatregelen"),
    ("hoe groet je de auditor", "hoe groet je de auditor"),
    ("what is the best measure", "what is the best measure"),
    # Thanks, and then the question.
    ("Bedankt! En wat kost het?", "En wat kost het?"),
    ("dank je wel voor je uitleg, en bij diensten?", "en bij diensten?"),
    ("Thanks a lot. Is it mandatory?", "Is it mandatory?"),
    ("top, en hoe duur is dat?", "en hoe duur is dat?"),
    ("bedankt voor de snelle reactie, wat kost het?", "wat kost het?"),
    ("bedankt voor de snelle reactie en alvast een fijn weekend", "bedankt"),
    ("thanks for the quick reply and have a nice day", "thanks"),
    # Politeness.
    ("pauze aub", "pauze"),
    ("stop a.u.b.", "stop"),
    ("s.v.p. stop, graag", "stop"),
    ("please unsubscribe", "unsubscribe"),
    ("sorry, ik bedoel trede 2", "ik bedoel trede 2"),
    # The end of a letter, and what a device puts under it.
    ("Stop, met vriendelijke groet Jan", "Stop"),
    ("Wat kost het? Groetjes, Sanne", "Wat kost het?"),
    ("wat kost het? groetjes sanne", "wat kost het?"),
    (
        "Hoe lang is het geldig?\n\nMet vriendelijke groet,\n\nJan de Vries\nMinisterie van Zaken\n06 12 34 56",
        "Hoe lang is het geldig?",
    ),
    ("stop the reminders.\nKind regards,\nJohn Smith", "stop the reminders."),
    ("stop\nVerzonden vanaf mijn iPhone", "stop"),
    ("help. Sent from my Galaxy", "help."),
    ("stop, fijne dag!", "stop"),
    ("Groetjes! Stop er maar mee", "Groetjes! Stop er maar mee"),
    ("stop niet, groetjes pauze", "stop niet, groetjes pauze"),
    # What a mail program puts before a subject.
    ("FW: RE: wat kost een certificaat?", "wat kost een certificaat?"),
    ("Van: Jan\nAan: Ladderbot\nOnderwerp: herinneringen\n\nstop", "stop"),
    ("stop\n-----Oorspronkelijk bericht-----\nVan: Ladderbot\nTyp aanmelden", "stop"),
    ("stop\n\nOp di 24 nov. 2026 om 10:00 schreef Ladderbot:\nTyp aanmelden", "stop"),
    ("On Tuesday he wrote: what does it cost?", "On Tuesday he wrote: what does it cost?"),
    # A refusal of something else, in front.
    ("nee bedankt, stop maar", "stop maar"),
    ("No thanks, unsubscribe", "unsubscribe"),
    ("herinneringen? nee bedankt", "herinneringen? nee"),
    # Links.
    ("stop https://example.org/a?b=c", "stop"),
    # Quotation marks, as our own cards print a command, and Markdown.
    ("'stop'", "stop"),
    ("“stop”.", "stop"),
    ("**aanmelden**", "aanmelden"),
    ('"a" of "b"', '"a" of "b"'),
    ("'s avonds ervoor", "'s avonds ervoor"),
    # Punctuation that was dictated.
    ("stop punt", "stop"),
    ("hallo komma stop uitroepteken", "stop"),
    ("wat kost het vraagteken", "wat kost het"),
    ("unsubscribe full stop", "unsubscribe"),
    ("wat is een punt", "wat is een punt"),
    ("what is the reporting period", "what is the reporting period"),
    # Mentions and quotes.
    ("@Ladderbot stop", "stop"),
    ("@Ladderbot @Piet stop", "stop"),
    ("<at>Piet</at> stop", "stop"),
    ("schrijf naar jan@example.org", "schrijf naar jan@example.org"),
    ('<quoted messageId="17"/> stop', "stop"),
    ('wat kost dat? <quoted messageId="17"></quoted>', "wat kost dat?"),
    ("> Typ stop als je ze niet meer wilt.\nklopt dit?", "klopt dit?"),
    # Nothing but courtesy is still something.
    ("Hoi allemaal", "Hoi"),
    ("Bedankt voor je hulp!", "Bedankt"),
    ("hoi, bedankt, groetjes Piet", "bedankt"),
    ("graag", "graag"),
    # Nothing at all, and no words.
    ("", ""),
    ("?", "?"),
    ("👍", "👍"),
    ("> stop", ""),
]


@pytest.mark.parametrize(("written", "left"), LEFT, ids=[written[:30] for written, _ in LEFT])
def test_what_is_left_is_what_was_said(written, left):
    assert read(texts(), written).text == left


def test_it_says_what_it_took_away():
    heard = read(texts(), "Hoi, stop graag.\nMet vriendelijke groet, Jan")

    assert heard.stripped == (
        ("greeting", "Hoi"),
        ("signature", "Met vriendelijke groet, Jan"),
        ("politeness", "graag"),
    )
    assert heard.has("greeting")
    assert not heard.has("quote")


def test_a_quoted_line_is_handed_on():
    assert read(texts(), "> Drie jaar.\nklopt dit?").quoted == Quoted(text="Drie jaar.")


def test_what_the_channel_knows_of_a_quote_goes_before_what_the_text_holds():
    quoted = Quoted(text="Drie jaar.", ours=True, id="7")

    assert read(texts(), "> iets anders\nklopt dit?", quoted).quoted == quoted


def test_no_question_of_the_content_loses_a_word():
    """What a button says must still be that question when it is typed."""
    shipped = shipped_content().knowledge.entries.values()
    phrasings = [phrasing for entry in shipped for phrasing, _ in entry.phrasings]

    lost = [p for p in phrasings if normalized(read(texts(), p).text) != normalized(p)]
    assert lost == []


def test_the_longest_message_is_read_in_no_time():
    """However its words repeat: no pattern goes back over what it read."""
    pieces = (
        "hoi ",
        "groetjes ",
        "> a\n",
        "<at ",
        "<quoted ",
        "van: a\n",
        "-- original",
        "op a schreef",
        "'",
    )
    begun = perf_counter()
    for piece in pieces:
        read(texts(), (piece * 2_000)[:2_000])

    assert perf_counter() - begun < 3


AROUND = [
    *("hoi", "Beste", "Jan", "bedankt", "graag", "stop", "punt", "komma", "groetjes", "met"),
    *("vriendelijke", "groet", "dag", "top", "re", "niet", ",", "\n", ":", "?", "'", '"', "*", ">"),
    *("@Piet", "<at>", "</at>", "https://x.nl", "Verzonden", "vanaf", "mijn", "please", "thanks"),
]
messages = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(AROUND), max_size=14).map(" ".join)
)


@settings(max_examples=600, deadline=None)
@given(messages)
def test_stripping_what_was_stripped_changes_nothing(written):
    once = read(texts(), written).text

    assert read(texts(), once).text == once


@settings(max_examples=600, deadline=None)
@given(messages)
def test_no_word_is_made_up(written):
    whole = written.casefold().replace("’", "'")

    assert all(word in whole for word in words_of(read(texts(), written).text))
