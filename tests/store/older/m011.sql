BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'ladderbot','m001_conversations','2026-11-30 14:36:04.177384+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'ladderbot','m002_unanswered','2026-11-30 14:36:04.177700+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'ladderbot','m003_subscriptions','2026-11-30 14:36:04.218484+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'ladderbot','m004_outbox','2026-11-30 14:36:04.219021+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'ladderbot','m005_overlap','2026-11-30 14:36:04.220247+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'ladderbot','m006_codes','2026-11-30 14:36:04.258410+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'ladderbot','m007_wishes','2026-11-30 14:36:04.259034+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'ladderbot','m008_pace','2026-11-30 14:36:04.259372+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'ladderbot','m009_shown','2026-11-30 14:36:04.259796+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'ladderbot','m010_confirmed','2026-11-30 14:36:04.260024+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'ladderbot','m011_one_sender','2026-11-30 14:36:04.260429+00:00');
CREATE TABLE "chosen_leads" (
   "conversation" TEXT NOT NULL,
   "minutes" INTEGER NOT NULL, since text not null default '',
   PRIMARY KEY ("conversation", "minutes")
) STRICT;
INSERT INTO "chosen_leads" VALUES('a:1',60,'2026-12-09T09:00:01+00:00');
INSERT INTO "chosen_leads" VALUES('a:2',60,'2026-12-09T09:00:02+00:00');
CREATE TABLE "confirmed" (
   "calendar" TEXT PRIMARY KEY NOT NULL,
   "at" TEXT NOT NULL
) STRICT;
INSERT INTO "confirmed" VALUES('0a1b2c1','2026-12-09T09:00:01+00:00');
INSERT INTO "confirmed" VALUES('0a1b2c2','2026-12-09T09:00:02+00:00');
CREATE TABLE "conversations" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "place" TEXT NOT NULL,
   "member" TEXT,
   "address" TEXT NOT NULL,
   "language" TEXT,
   "welcomed_at" TEXT,
   "seen_at" TEXT NOT NULL
, team text not null default '') STRICT;
INSERT INTO "conversations" VALUES('a:1','personal','29:1','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "a:1", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:1", "tenant_id": "t"}','en','2026-12-09T09:00:01+00:00','2026-11-21','');
INSERT INTO "conversations" VALUES('a:2','personal','29:2','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "a:2", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:2", "tenant_id": "t"}','en','2026-12-09T09:00:02+00:00','2026-11-22','');
CREATE TABLE "heartbeats" (
   "process" TEXT PRIMARY KEY NOT NULL,
   "lock_file" TEXT NOT NULL,
   "beats" INTEGER NOT NULL
) STRICT;
INSERT INTO "heartbeats" VALUES('process 1','lock_file 1',1);
INSERT INTO "heartbeats" VALUES('process 2','lock_file 2',2);
CREATE TABLE "lease" (
   "name" TEXT PRIMARY KEY NOT NULL,
   "owner" TEXT NOT NULL,
   "renewals" INTEGER NOT NULL
) STRICT;
INSERT INTO "lease" VALUES('name 1','owner 1',1);
INSERT INTO "lease" VALUES('name 2','owner 2',2);
CREATE TABLE "occurrences" (
   "occurrence" TEXT PRIMARY KEY NOT NULL,
   "state" TEXT NOT NULL,
   "sequence" INTEGER NOT NULL,
   "changed" TEXT NOT NULL
) STRICT;
INSERT INTO "occurrences" VALUES('cop/2026-12-11','sent',1,'2026-12-09T09:00:01+00:00');
INSERT INTO "occurrences" VALUES('cop/2026-12-12','sent',2,'2026-12-09T09:00:02+00:00');
CREATE TABLE "outbox" (
      id integer primary key,
      occurrence text not null,
      kind text not null check (kind in ('reminder', 'correction')),
      number integer not null,        -- minutes before the meeting; of a correction which one, from 1
      moment text not null default '', -- the new local start, of a reminder for a meeting that was moved
      conversation text not null,
      state text not null check (state in ('planned', 'sending', 'sent', 'failed', 'expired', 'stopped')),
      reason text,                    -- Reason, in bot/store/values.py
      detail text not null default '', -- the connector's status, or the name of an exception
      due text not null,
      next_try text not null,
      attempts integer not null default 0,
      doubts integer not null default 0, -- attempts that may have arrived
      claimed_by text,
      claimed_at text,
      announced integer not null default 0, -- whether the recipient may have heard what follows
      announced_start text,           -- the start that the recipient heard; null: that the meeting is off
      sent_at text,
      activity text,
      thread text not null default '',
      edits integer not null default 0, -- how many more times the earlier cards may be tried to edit
      -- Of no use any more. A process of the version before, which still runs while this one takes over,
      -- records in `why` how what it was just sending ended, and reads `lead` when a member writes.
      lead text,
      why text
    , announced_shown text not null default '') strict
;
INSERT INTO "outbox" VALUES(1,'cop/2026-12-11','reminder',10080,'','a:1','sent',NULL,'detail 1','2026-12-09T09:00:01+00:00','2026-12-09T09:00:01+00:00',1,1,'claimed_by 1','2026-12-09T09:00:01+00:00',1,'2026-12-11T10:00','2026-12-09T09:00:01+00:00','activity 1','thread 1',1,'7d',NULL,'announced_shown 1');
INSERT INTO "outbox" VALUES(2,'cop/2026-12-12','reminder',10080,'','a:2','sent',NULL,'detail 2','2026-12-09T09:00:02+00:00','2026-12-09T09:00:02+00:00',2,2,'claimed_by 2','2026-12-09T09:00:02+00:00',2,'2026-12-12T10:00','2026-12-09T09:00:02+00:00','activity 2','thread 2',2,'7d',NULL,'announced_shown 2');
CREATE TABLE "pace" (
   "name" TEXT PRIMARY KEY NOT NULL,
   "until" TEXT NOT NULL
) STRICT;
INSERT INTO "pace" VALUES('name 1','2026-12-09T09:00:01+00:00');
INSERT INTO "pace" VALUES('name 2','2026-12-09T09:00:02+00:00');
CREATE TABLE "processes" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "calendar" TEXT NOT NULL,
   "adopted" TEXT NOT NULL
) STRICT;
INSERT INTO "processes" VALUES('id 1','0a1b2c1','2026-12-09T09:00:01+00:00');
INSERT INTO "processes" VALUES('id 2','0a1b2c2','2026-12-09T09:00:02+00:00');
CREATE TABLE "subscriptions" (
   "conversation" TEXT PRIMARY KEY NOT NULL,
   "active" INTEGER NOT NULL,
   "since" TEXT NOT NULL,
   "paused_until" TEXT,
   "ended_because" TEXT
, paused_from text) STRICT;
INSERT INTO "subscriptions" VALUES('a:1',1,'2026-12-09T09:00:01+00:00',NULL,NULL,NULL);
INSERT INTO "subscriptions" VALUES('a:2',1,'2026-12-09T09:00:02+00:00',NULL,NULL,NULL);
CREATE TABLE "unanswered" (
   "id" INTEGER PRIMARY KEY,
   "question" TEXT NOT NULL,
   "day" TEXT NOT NULL
) STRICT;
INSERT INTO "unanswered" VALUES(1,'question 1','2026-11-21');
INSERT INTO "unanswered" VALUES(2,'question 2','2026-11-22');
CREATE TABLE "undo" (
   "conversation" TEXT PRIMARY KEY NOT NULL,
   "at" TEXT NOT NULL,
   "before" TEXT NOT NULL
) STRICT;
INSERT INTO "undo" VALUES('a:1','2026-12-09T09:00:01+00:00','{}');
INSERT INTO "undo" VALUES('a:2','2026-12-09T09:00:02+00:00','{}');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_conversations_member"
    ON "conversations" ("member");
CREATE INDEX "idx_unanswered_day"
    ON "unanswered" ("day");
CREATE INDEX "idx_conversations_team"
    ON "conversations" ("team");
CREATE UNIQUE INDEX "idx_outbox_occurrence_kind_number_moment_conversation"
    ON "outbox" ("occurrence", "kind", "number", "moment", "conversation");
CREATE INDEX "idx_outbox_state_next_try"
    ON "outbox" ("state", "next_try");
CREATE INDEX "idx_outbox_conversation_occurrence"
    ON "outbox" ("conversation", "occurrence");
CREATE INDEX idx_outbox_announced on outbox (occurrence, announced_start) where announced = 1;
CREATE INDEX idx_outbox_edits on outbox (next_try) where edits > 0;
CREATE INDEX idx_outbox_shown on outbox (occurrence, announced_shown) where announced = 1 and announced_shown <> '';
CREATE TRIGGER outbox_one_sender before update of state on outbox
    when new.state = 'sending'
      and not exists (select 1 from lease where owner = new.claimed_by and renewals > 0)
    begin select raise(abort, 'another process, or a newer version of the bot, sends'); end;
COMMIT;
