"""Nothing that changes reminders is done without reading `niet`; in doubt the member is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding.polarity import reading

KEEP = """
ik wil de herinneringen niet stoppen
ik wil niet dat ze ophouden met die berichten
ik ga de meldingen niet opzeggen
haal mij niet van de lijst
haal me er niet af
schrijf mij alsjeblieft niet uit
zet de herinneringen niet uit
zet mijn meldingen maar niet uit
niet stopzetten die berichten
niet afmelden hoor
ik ben niet van plan me af te melden
afmelden is niet nodig
uitschrijven hoeft niet
je hoeft me niet uit te schrijven
ik wil mijn seintjes niet kwijt
nooit stoppen met herinneren
stop alsjeblieft nooit met die berichten
stop de berichten niet
ik heb niet gezegd dat je moest stoppen
zonder afmelden graag
don't turn them off
do not stop the messages
do not take me off the list
please never stop
I do not wish to unsubscribe
I'd rather not opt out
no need to stop
not unsubscribing today
you don't have to remove me
I didn't ask you to cancel the reminders
there is no reason to switch them off
I won't quit the reminders
"""
ASK = """
ik wil niet niet stoppen
het is niet zo dat ik niet wil stoppen
stop, of nee, toch niet
stop, wacht, toch maar niet
ik stop niet met de herinneringen, maar ik stop wel met de bijlagen
kun je niet gewoon stoppen?
waarom stop je niet?
why don't you stop?
wat als ik stop met de herinneringen
als ik me afmeld, krijg ik dan nog antwoord
moet ik me afmelden
should I unsubscribe?
ben ik afgemeld?
why did the reminders stop
zet ze niet aan
niet aanmelden voor de berichten
don't sign me up
I don't not want to stop
er staat "typ stop", wat betekent dat
wat betekent 'stop' in dat berichtje op het scherm
het regent vandaag
wij stoppen met de ladder
ik wil ons certificaat opzeggen en stop ermee met het contract
we want to quit the community
"""
STOP = """
ik wil geen herinneringen meer
ik hoef ze niet meer te krijgen
niet meer sturen
stuur me nooit meer iets
geen berichten meer sturen stop ermee
ik lees ze toch niet, stop maar
ik doe niet meer mee dus zet de herinneringen uit
ik wil niet langer op de hoogte gehouden worden
ik heb er niet om gevraagd, haal me van de lijst
wil je alsjeblieft stoppen
meld me af
no more messages
I don't want these reminders anymore
do not send me anything any more
I never read them so please stop
it isn't useful to me, unsubscribe me
take me off the list
stop niet alleen de dagelijkse maar alle berichten
"""
UNSUBSCRIBE = [
    *((line, "keep") for line in KEEP.split("\n") if line),
    *((line, "ask") for line in ASK.split("\n") if line),
    # Told of another time, of somebody else, or by somebody else.
    ("zet de herinneringen uit, dacht ik eerst", "ask"),
    ("he wants the reminders off", "ask"),
    ("Els schreef: stop met de herinneringen", "ask"),
    ("Van: Els Aan: mij Onderwerp: uit Zet de herinneringen uit", "ask"),
    *((line, "do") for line in STOP.split("\n") if line),
    ("meld me af voor de bijeenkomst van dinsdag", "one_meeting"),
    ("ik ben verhinderd, meld me maar af", "one_meeting"),
    ("schrijf me uit voor 12 januari", "one_meeting"),
    ("please unsubscribe me from the next meeting", "one_meeting"),
    ("I cannot attend, sign me off", "one_meeting"),
    ("meld me af voor de herinneringen aan de bijeenkomst", "do"),
]
SUBSCRIBE = [
    ("zet mijn herinneringen aan", "do"),
    ("stuur mij een bericht voor elke bijeenkomst", "do"),
    ("ik wil geen bijeenkomst meer missen", "do"),
    ("laat me geen sessie vergeten", "do"),
    ("ik kreeg geen berichten meer, zet ze weer aan", "do"),
    ("geef me niet een maar twee keer een seintje", "do"),
    ("remind me before every meeting", "do"),
    ("don't let me forget a meeting", "do"),
    ("meld me niet aan voor de berichten", "ask"),
    ("ik wil niet ingeschreven worden", "ask"),
    ("herinner me niet", "ask"),
    ("do not remind me", "ask"),
    ("stuur mij geen herinneringen", "ask"),
    ("meld me niet aan, stuur wel de agenda", "ask"),
    ("stuur dit bericht aan iedereen", "ask"),
    ("stuur een bericht naar mijn collega", "ask"),
    ("send a message to everyone", "ask"),
    ("zet de herinneringen aan voor mijn collega", "ask"),
    ("turn on the reminders for my boss", "ask"),
    ("send a reminder to the whole team", "ask"),
    ("ik ga akkoord", "ask"),
    ("stop niet met herinneren", "keep"),
    ("schrijf me in voor de sessie van maart", "one_meeting"),
    ("sign me up for the next meeting", "one_meeting"),
]
PAUSE = [
    ("pauzeer tot 1 maart", "do"),
    ("ik wil niet stoppen, alleen even rust", "do"),
    ("even geen herinneringen", "do"),
    ("vanaf maandag met verlof", "do"),
    ("geen pauze graag", "keep"),
    ("ik wil niet pauzeren", "keep"),
    ("pauzeer de herinneringen niet tot maart", "keep"),
    ("do not pause my reminders", "keep"),
    ("niet geen pauze", "ask"),
    ("goed gedaan zeg", "ask"),
]
TABLE = [
    *(("unsubscribe", *row) for row in UNSUBSCRIBE),
    *(("subscribe", *row) for row in SUBSCRIBE),
    *(("pause", *row) for row in PAUSE),
]


@pytest.mark.parametrize(("command", "text", "verdict"), TABLE)
def test_what_a_message_asks_for(command, text, verdict):
    assert reading(command, text) == verdict


def test_another_command_is_not_held_up():
    assert reading("weather", "het regent niet") == "do"


words = st.sampled_from(
    [
        "ik",
        "wil",
        "niet",
        "geen",
        "stop",
        "meld",
        "me",
        "af",
        "aan",
        "meer",
        "don't",
        "maar",
        ",",
        "'",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["subscribe", "unsubscribe", "pause"]), st.lists(words).map(" ".join))
def test_it_always_says_something(command, text):
    assert reading(command, text) in ("do", "keep", "ask", "one_meeting")
