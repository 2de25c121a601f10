"""The steps that bring an older database to this version; each runs once, in one transaction."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("ladderbot")


@MIGRATIONS()
def m001_conversations(db: Database) -> None:
    """One row for every conversation that the bot was spoken to in."""
    db["conversations"].create(
        {
            "id": str,  # the Bot Framework's conversation id, without the thread
            "place": str,
            "member": str,  # the channel's user id, in a personal chat only
            "address": str,  # opaque JSON, refreshed by every incoming activity
            "language": str,  # chosen with the command; null follows the question
            "welcomed_at": str,
            "seen_at": str,
        },
        pk="id",
        not_null={"id", "place", "address", "seen_at"},
        strict=True,
    )
    db["conversations"].create_index(["member"])


@MIGRATIONS()
def m002_unanswered(db: Database) -> None:
    """Questions that could not be answered, without who asked."""
    db["unanswered"].create(
        {"id": int, "question": str, "day": str},
        pk="id",
        not_null={"question", "day"},
        strict=True,
    )
    db["unanswered"].create_index(["day"])
