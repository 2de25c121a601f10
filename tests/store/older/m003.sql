BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'ladderbot','m001_conversations','2026-11-30 14:03:26.355300+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'ladderbot','m002_unanswered','2026-11-30 14:03:26.355564+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'ladderbot','m003_subscriptions','2026-11-30 14:03:26.355974+00:00');
CREATE TABLE "chosen_leads" (
   "conversation" TEXT NOT NULL,
   "minutes" INTEGER NOT NULL,
   PRIMARY KEY ("conversation", "minutes")
) STRICT;
INSERT INTO "chosen_leads" VALUES('a:1',60);
INSERT INTO "chosen_leads" VALUES('a:2',60);
CREATE TABLE "conversations" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "place" TEXT NOT NULL,
   "member" TEXT,
   "address" TEXT NOT NULL,
   "language" TEXT,
   "welcomed_at" TEXT,
   "seen_at" TEXT NOT NULL
) STRICT;
INSERT INTO "conversations" VALUES('a:1','personal','29:1','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "a:1", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:1", "tenant_id": "t"}','en','2026-12-09T09:00:01+00:00','2026-11-21');
INSERT INTO "conversations" VALUES('a:2','personal','29:2','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "a:2", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:2", "tenant_id": "t"}','en','2026-12-09T09:00:02+00:00','2026-11-22');
CREATE TABLE "subscriptions" (
   "conversation" TEXT PRIMARY KEY NOT NULL,
   "active" INTEGER NOT NULL,
   "since" TEXT NOT NULL,
   "paused_until" TEXT,
   "ended_because" TEXT
) STRICT;
INSERT INTO "subscriptions" VALUES('a:1',1,'2026-12-09T09:00:01+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('a:2',1,'2026-12-09T09:00:02+00:00',NULL,NULL);
CREATE TABLE "unanswered" (
   "id" INTEGER PRIMARY KEY,
   "question" TEXT NOT NULL,
   "day" TEXT NOT NULL
) STRICT;
INSERT INTO "unanswered" VALUES(1,'question 1','2026-11-21');
INSERT INTO "unanswered" VALUES(2,'question 2','2026-11-22');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_conversations_member"
    ON "conversations" ("member");
CREATE INDEX "idx_unanswered_day"
    ON "unanswered" ("day");
COMMIT;
