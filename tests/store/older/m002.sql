BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'ladderbot','m001_conversations','2026-11-30 14:03:26.352906+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'ladderbot','m002_unanswered','2026-11-30 14:03:26.353420+00:00');
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
