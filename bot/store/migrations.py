"""The steps that bring an older database to this version; each runs once, in one transaction."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.store import before_m006
from bot.store.one_sender_sql import ONE_SENDER_SQL

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


@MIGRATIONS()
def m003_subscriptions(db: Database) -> None:
    """Which conversations want to hear of the meetings, and how long before."""
    db["subscriptions"].create(
        {
            "conversation": str,
            "active": int,
            "since": str,  # what was due before this moment is not sent any more
            "paused_until": str,
            "ended_because": str,
        },
        pk="conversation",
        not_null={"conversation", "active", "since"},
        strict=True,
    )
    # No row here: the leads of each series.
    db["chosen_leads"].create(
        {"conversation": str, "minutes": int},
        pk=("conversation", "minutes"),
        not_null={"conversation", "minutes"},
        strict=True,
    )


@MIGRATIONS()
def m004_outbox(db: Database) -> None:
    """One row for everything that is sent by itself: written before the send, kept after it."""
    db["outbox"].create(
        {
            "id": int,
            "occurrence": str,
            "lead": str,  # 7d, 1h … or "change 1" for a correction
            "conversation": str,
            "state": str,  # planned, sending, sent, failed, expired, stopped
            "due": str,
            "next_try": str,
            "attempts": int,
            "doubts": int,  # times it was cut off and sent again
            "claimed_by": str,
            "claimed_at": str,
            "sent_at": str,
            "activity": str,
            "told": str,  # what the recipient was told: the start, or "cancelled"
            "why": str,
        },
        pk="id",
        not_null={
            "occurrence",
            "lead",
            "conversation",
            "state",
            "due",
            "next_try",
            "attempts",
            "doubts",
        },
        defaults={"attempts": 0, "doubts": 0},
        strict=True,
    )
    # A row stands once for an occurrence, a lead and a conversation (rule 5 of docs/architecture.md).
    db["outbox"].create_index(["occurrence", "lead", "conversation"], unique=True)
    db["outbox"].create_index(["state", "next_try"])
    db["outbox"].create_index(["conversation"])


@MIGRATIONS()
def m005_overlap(db: Database) -> None:
    """What two processes on one database, threads in channels, and changes of a meeting need."""
    db.execute("alter table chosen_leads add column since text not null default ''")
    db.execute("alter table conversations add column team text not null default ''")
    db.execute(
        "update conversations set team = coalesce(json_extract(address, '$.team_id'), '')"
        " where json_valid(address)"
    )
    db["conversations"].create_index(["team"])
    # The thread that a post in a channel began; its card is edited there.
    db.execute("alter table outbox add column thread text not null default ''")
    # How many more times the earlier cards may be tried to edit; 0 where there is nothing to edit.
    db.execute("alter table outbox add column edits integer not null default 0")
    db.execute("drop index idx_outbox_conversation")
    db["outbox"].create_index(["conversation", "occurrence"])
    db["outbox"].create_index(["occurrence", "told"])
    db.execute("create index idx_outbox_edits on outbox (next_try) where edits > 0")
    # What each living process reads from the calendar, and since when.
    db["processes"].create(
        {"id": str, "calendar": str, "adopted": str},
        pk="id",
        not_null={"id", "calendar", "adopted"},
        strict=True,
    )
    # How often each meeting changed: the SEQUENCE of the calendar feed, which may never fall.
    db["occurrences"].create(
        {"occurrence": str, "state": str, "sequence": int, "changed": str},
        pk="occurrence",
        not_null={"occurrence", "state", "sequence", "changed"},
        strict=True,
    )


@MIGRATIONS()
def m006_codes(db: Database) -> None:
    """The outbox in columns that say one thing each: no more `lead`, `told` and `why` to be taken apart."""
    db.execute(before_m006.NEW_OUTBOX_SQL)
    before_m006.translate(db)
    db.execute(before_m006.FILL_SQL)
    for table in ("outbox", "old_leads", "old_reasons"):
        db[table].drop()
    db.execute("alter table new_outbox rename to outbox")
    # A row stands once for an occurrence, a lead and a conversation (rule 5 of docs/architecture.md).
    db["outbox"].create_index(
        ["occurrence", "kind", "number", "moment", "conversation"], unique=True
    )
    db["outbox"].create_index(["state", "next_try"])
    db["outbox"].create_index(["conversation", "occurrence"])
    db.execute(
        "create index idx_outbox_announced on outbox (occurrence, announced_start) where announced = 1"
    )
    db.execute("create index idx_outbox_edits on outbox (next_try) where edits > 0")


@MIGRATIONS()
def m007_wishes(db: Database) -> None:
    """A pause that begins later, and for a day how somebody's reminders were before the last change."""
    # Null where the pause has begun, and in a pause of the version before.
    db.execute("alter table subscriptions add column paused_from text")
    db["undo"].create(
        {
            "conversation": str,
            "at": str,  # of the change that may be undone
            "before": str,  # JSON; see bot/store/undo.py
        },
        pk="conversation",
        not_null={"conversation", "at", "before"},
        strict=True,
    )


@MIGRATIONS()
def m008_pace(db: Database) -> None:
    """What all processes must hold to while they send: the pause that the connector asked for."""
    db["pace"].create(
        {"name": str, "until": str}, pk="name", not_null={"name", "until"}, strict=True
    )


@MIGRATIONS()
def m009_shown(db: Database) -> None:
    """What somebody saw of a meeting besides its start; empty in rows of the versions before."""
    db.execute("alter table outbox add column announced_shown text not null default ''")
    db.execute(
        "create index idx_outbox_shown on outbox (occurrence, announced_shown)"
        " where announced = 1 and announced_shown <> ''"
    )


@MIGRATIONS()
def m010_confirmed(db: Database) -> None:
    """Which reading of the meetings somebody said yes to, where what follows from it was held back."""
    columns = {"calendar": str, "at": str}
    db["confirmed"].create(columns, pk="calendar", not_null=set(columns), strict=True)


@MIGRATIONS()
def m011_one_sender(db: Database) -> None:
    """One process sends, and which one is said here; no version before this one can claim a row any more."""
    # `renewals` is 0 where the owner let go of it.
    lease = {"name": str, "owner": str, "renewals": int}
    db["lease"].create(lease, pk="name", not_null=set(lease), strict=True)
    # Which file the lock of each process is in (bot/store/processes.py), and that it beats still.
    heartbeats = {"process": str, "lock_file": str, "beats": int}
    db["heartbeats"].create(heartbeats, pk="process", not_null=set(heartbeats), strict=True)
    # Of a process of the version before it is not known which file its lock is in.
    db.execute("insert into heartbeats select id, '', 0 from processes")
    db.execute(ONE_SENDER_SQL)


@MIGRATIONS()
def m012_forgotten(db: Database) -> None:
    """Digests of who was forgotten, until the backups are cleaned of them; how often these were looked through."""
    columns = {"digest": str, "looks": int}
    db["forgotten"].create(columns, pk="digest", not_null=set(columns), strict=True)
