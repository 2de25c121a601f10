"""Settings: every mistake at once, and no setting that leaves the bot unprotected."""

import re

import pytest

from bot.loopback import is_loopback
from bot.settings import SETTINGS, BadSettingsError, read
from tests.support import ROOT
from tests.support.teams import APP_ID, REGISTERED, TENANT


def mistakes(environment, dotenv=None):
    with pytest.raises(BadSettingsError) as caught:
        read(environment, dotenv or {}, ROOT)
    return caught.value.mistakes


def test_nothing_set_is_the_local_mode_on_loopback():
    chosen = read({}, {}, ROOT)

    assert (chosen.local, chosen.host, chosen.port) == (True, "127.0.0.1", 3978)
    assert chosen.content_dir == ROOT / "faq/content"


def test_a_registered_bot_may_listen_anywhere():
    chosen = read({**REGISTERED, "HOST": "0.0.0.0"}, {}, ROOT)

    assert (chosen.local, chosen.host, chosen.app_type) == (False, "0.0.0.0", "SingleTenant")


def test_the_environment_goes_before_the_file():
    chosen = read({"PORT": "4000"}, {"PORT": "5000", "CONTACT": "Sanne"}, ROOT)

    assert (chosen.port, chosen.contact) == (4000, "Sanne")


def test_an_empty_value_is_the_default():
    assert read({"PORT": " ", "COMMUNITY_NAME": ""}, {}, ROOT).port == 3978


def test_the_type_is_read_in_any_case():
    assert (
        read({**REGISTERED, "MicrosoftAppType": "singletenant"}, {}, ROOT).app_type
        == "SingleTenant"
    )


def test_a_managed_identity_needs_no_password():
    without = {k: v for k, v in REGISTERED.items() if k != "MicrosoftAppPassword"}

    assert not read({**without, "MicrosoftAppType": "UserAssignedMSI"}, {}, ROOT).local


REFUSED = [
    ({"HOST": "0.0.0.0"}, "only loopback is allowed"),
    ({"HOST": "10.0.0.5"}, "only loopback is allowed"),
    ({"MicrosoftAppPassword": "x"}, "MicrosoftAppId is not"),
    ({"MicrosoftAppTenantId": TENANT}, "says that this bot is registered"),
    ({"MicrosoftAppType": "UserAssignedMSI"}, "says that this bot is registered"),
    ({"COMMUNITY_NAME": "CoP\nX: y"}, "must be one line"),
    ({"CONTACT": "Sanne\x1b[2J"}, "must be one line"),
    ({"CONTACT": "Sanne\u2028Piet"}, "must be one line"),
    ({"DATABASE_PATH": "data\0x"}, "must be one line"),
    ({"PUBLIC_URL": "https://bot.example.nl/\nx"}, "must be one line"),
    ({"PUBLIC_URL": "https://anna:geheim@bot.example.nl"}, "must be an address"),
    ({"PRIVACY_URL": "https://bot.example.nl/een pagina"}, "must be an address"),
    ({"MicrosoftAppId": "ladderbot"}, "must be a GUID"),
    ({"MicrosoftAppId": APP_ID, "MicrosoftAppTenantId": APP_ID}, "MicrosoftAppPassword is missing"),
    ({"MicrosoftAppId": APP_ID, "MicrosoftAppPassword": "x"}, "MicrosoftAppTenantId is missing"),
    ({**REGISTERED, "MicrosoftAppPassword": APP_ID}, "looks like the secret's id"),
    ({**REGISTERED, "MicrosoftAppType": "SingleTenent"}, "must be one of SingleTenant"),
    ({"PORT": "http"}, "whole number"),
    ({"PORT": "70000"}, "whole number"),
    ({"BEAT_SECONDS": "0"}, "whole number from 1"),
    ({"SENDS_PER_SECOND": "51"}, "from 1 to 50"),
    ({"PUBLIC_URL": "http://bot.example.nl"}, "must be an address"),
    ({"ORGANISERS": "jan"}, "must be a GUID"),
    ({"MICROSOFTAPPID": APP_ID}, "write MicrosoftAppId"),
    ({"APP_ID": APP_ID}, "write MicrosoftAppId"),
]


@pytest.mark.parametrize(("environment", "says"), REFUSED, ids=[s for _, s in REFUSED])
def test_what_cannot_be_used_is_one_sentence(environment, says):
    sentences = mistakes(environment)

    assert len(sentences) == 1
    assert says in sentences[0]


def test_all_mistakes_are_reported_at_once():
    sentences = mistakes(
        {"PORT": "x", "BEAT_SECONDS": "x", "HOST": "0.0.0.0", "MicrosoftAppType": "x"}
    )

    assert len(sentences) == 4


def test_a_secret_is_never_shown():
    sentences = mistakes({"MicrosoftAppId": "s3cret-in-the-wrong-place"})

    assert "s3cret" not in " ".join(sentences)


def test_a_misspelt_name_in_the_file_is_told():
    assert "write PORT" in mistakes({}, {"Port": "4000"})[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_loopback_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "localhost.example.nl", "192.168.1.1", ""])
def test_anything_else_is_not(host):
    assert not is_loopback(host)


def test_what_is_kept_beside_the_database_moves_with_it(tmp_path):
    moved = read({"DATABASE_PATH": str(tmp_path / "bot.sqlite3")}, {}, ROOT)

    assert moved.content_cache == tmp_path / "content-kept"
    assert moved.model_dir == tmp_path / "learned"


def test_an_application_id_of_spaces_is_a_mistake_and_not_the_local_mode():
    assert "must be a GUID" in mistakes({"MicrosoftAppId": "  "})[0]


def test_the_readme_lists_every_setting_with_its_default():
    rows = re.findall(
        r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )

    assert rows == [(s.name, f"`{s.default}`" if s.default else "–", s.help) for s in SETTINGS]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("", ("de CO2-Prestatieladder", "the CO2 Performance Ladder")),
        ("duurzaam inkopen / sustainable buying", ("duurzaam inkopen", "sustainable buying")),
        ("data/AI", ("data/AI", "data/AI")),
    ],
)
def test_the_subject_is_said_in_both_languages_or_once(text, subject):
    assert read({"SUBJECT": text}, {}, ROOT).subject == subject


@pytest.mark.parametrize("text", ["x" * 27, "kort / " + "x" * 27])
def test_a_subject_that_the_package_has_no_room_for_is_refused(text):
    assert "SUBJECT must be 1 to 26 characters" in mistakes({"SUBJECT": text})[0]
