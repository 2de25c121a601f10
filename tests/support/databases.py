"""Databases that the bot must not use: of a newer version, or damaged."""

from bot.store.database import open_database, write_transaction


def make_newer(path):
    """A database that a newer version wrote; its bytes."""
    database = open_database(path)
    with write_transaction(database):
        database["_sqlite_migrations"].insert(
            {"migration_set": "ladderbot", "name": "m999_tomorrow", "applied_at": "2027-01-01"}
        )
    database.close()
    return path.read_bytes()


def spoil(path, how):
    if how == "text":
        path.write_text("dit is geen database", "utf-8")
        return
    database = open_database(path)
    with write_transaction(database):
        for number in range(300):
            database["unanswered"].insert({"question": f"vraag {number} " * 9, "day": "2026-11-25"})
    database.close()
    raw = bytearray(path.read_bytes())
    if how == "middle":
        raw[4096:12288] = bytes(8192)
    else:
        del raw[len(raw) // 2 :]
    path.write_bytes(raw)
