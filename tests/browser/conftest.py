"""Browser tests: skipped, with a word why, where the tools are missing; never where they are required."""

import pytest

from tests.browser import clients


@pytest.fixture(scope="session", autouse=True)
def tools(learned):
    clients.needed()
