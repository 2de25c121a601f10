"""How somebody can be reached is taken out of a question; what the question is about stays."""

import time

import pytest

from faq.masking import EMAIL, PHONE, masked


@pytest.mark.parametrize(
    "number",
    [
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "06-1234 5678",
        "070 123 4567",
        "(070) 123 45 67",
        "(070)1234567",
        "+31 6 12345678",
        "+31612345678",
        "+31 (0)6 1234 5678",
        "0031 6 1234 5678",
        "088-123 45 67",
        "06.12.34.56.78",
        "+32 475 12 34 56",
    ],
)
@pytest.mark.parametrize("around", ["{}", "bel {} even", "mijn nummer: {}.", "{}, graag na 10 uur"])
def test_a_phone_number_goes(number, around):
    assert masked(around.format(number)) == around.format(PHONE)


@pytest.mark.parametrize(
    "address",
    ["jan@rws.nl", "jan.de-vries+cop@mail.minbzk.nl", "J_Jansen@ProRail.NL", "x@sub.example.co.uk"],
)
@pytest.mark.parametrize("around", ["{}", "mail {}.", "<{}>", "mailto:{}"])
def test_an_email_address_goes(address, around):
    assert masked(around.format(address)) == around.format(EMAIL)


@pytest.mark.parametrize(
    "text",
    [
        "kan de bijeenkomst van 08-12-2026 10.00 uur door?",
        "vanaf 01.02.2027 of 2027-02-01?",
        "ISO 14064-1, NEN-EN 16258 en handboek 4.0",
        "0,5 kg per km en 1.000.000 euro",
        "scope 1 2 3 in 2024 2025 2026 2027",
        "0 1 2 3 punten",
        "is 123456789 een KvK-nummer?",
        "@Ladderbot help",
        "wat is a@b?",
        "bel 112 of 0800",
        "bestelnummer 4500123456",
    ],
)
def test_what_is_no_way_to_reach_anybody_stays(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    "text", ["a." * 20_000, "0 " * 20_000, "+" * 40_000, "a@" * 20_000, "(0" * 20_000]
)
def test_a_text_made_for_it_takes_no_time(text):
    began = time.process_time()
    masked(text)

    assert time.process_time() - began < 1
