"""Browser tests: skipped, with a word why, where the tools are missing; never where they are required."""

import os

import pytest

from tests.browser import clients


@pytest.fixture(scope="session", autouse=True)
def tools(learned):
    why = clients.missing()
    if why and os.environ.get("LADDERBOT_BROWSER") == "required":
        pytest.fail(why)
    if why:
        pytest.skip(f"no browser tests: {why}")
