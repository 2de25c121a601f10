"""The database of a test, and one that release de9274c wrote."""

import pytest

from tests.store.older_databases import SECOND, restore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def older_database(path):
    restore(path, SECOND)
    return path
