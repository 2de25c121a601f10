"""A yes to the meetings as they are now: the bot sends what it held back."""

from bot.reminders.holding import calendar_hash
from bot.store.confirmed import Confirmed
from bot.store.database import connect
from tests.support.content import read_content, write_content
from tests.support.process import run_app


def confirm(folder, content):
    database = folder / "bot.sqlite3"
    return run_app("confirm", CONTENT_DIR=str(content), DATABASE_PATH=str(database))


def test_the_yes_is_for_the_file_as_the_bot_reads_it(tmp_path):
    content = write_content(tmp_path / "content")

    done = confirm(tmp_path, content)

    assert done.returncode == 0, done.stderr
    database = connect(tmp_path / "bot.sqlite3")
    known = calendar_hash(read_content(content).calendar)
    assert Confirmed(database).has(known)
    assert not Confirmed(database).has("another")
    database.close()


def test_a_file_with_a_mistake_is_not_what_the_bot_uses_so_there_is_nothing_to_say_yes_to(tmp_path):
    content = write_content(tmp_path / "content", meetings="= =")

    done = confirm(tmp_path, content)

    assert done.returncode != 0
    assert "app.py check" in done.stderr
