"""`make audit`: an open vulnerability fails, an accepted one has a reason, and silence is no good news."""

import importlib.machinery
import importlib.util

import pytest

from tests.support import ROOT


@pytest.fixture(scope="module")
def audit():
    loader = importlib.machinery.SourceFileLoader("audit", str(ROOT / "scripts" / "audit"))
    spec = importlib.util.spec_from_loader("audit", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


VULNERABLE = {
    "name": "aiohttp",
    "version": "3.0.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["GHSA-1"], "fix_versions": ["3.1.0"]}],
}
CLEAN = {"name": "yarl", "version": "1.0", "vulns": []}
MISSED = {"name": "numpy", "version": "2.0", "skip_reason": "not found"}


def test_an_open_vulnerability_fails_and_names_the_fix(audit):
    lines, status = audit.report([VULNERABLE, CLEAN], {})

    assert status == 1
    assert lines[0] == "OPEN aiohttp 3.0.0: PYSEC-1, fixed in: 3.1.0"


@pytest.mark.parametrize("id_", ["PYSEC-1", "GHSA-1"])
def test_an_accepted_one_shows_its_reason(audit, id_):
    lines, status = audit.report([VULNERABLE], {id_: "we never parse that"})

    assert status == 0
    assert "we never parse that" in lines[0]


def test_what_was_not_looked_up_is_said_and_does_not_fail(audit):
    lines, status = audit.report([MISSED, CLEAN], {})

    assert status == 0
    assert lines[0].startswith("NOT LOOKED UP: 1 of 2")


@pytest.mark.parametrize("lacks", ["id", "reason", "judged"])
def test_an_acceptance_needs_its_reason_and_its_day(audit, lacks):
    whole = {"id": '"GHSA-1"', "reason": '"because"', "judged": "2026-11-25"}
    lines = [f"{key} = {value}" for key, value in whole.items() if key != lacks]

    assert audit.accepted("[[accepted]]\n" + "\n".join(f"{k} = {v}" for k, v in whole.items()))
    with pytest.raises(SystemExit, match="needs id, reason and judged"):
        audit.accepted("[[accepted]]\n" + "\n".join(lines))


def test_what_we_accept_today_is_written_down(audit):
    assert isinstance(audit.accepted((ROOT / "audit.toml").read_text("utf-8")), dict)
