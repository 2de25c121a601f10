-- What the first version of the bot wrote (migrations m001 and m002).
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'ladderbot','m001_conversations','2026-11-25 15:43:32.368934+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'ladderbot','m002_unanswered','2026-11-25 15:43:32.369260+00:00');
CREATE TABLE "conversations" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "place" TEXT NOT NULL,
   "member" TEXT,
   "address" TEXT NOT NULL,
   "language" TEXT,
   "welcomed_at" TEXT,
   "seen_at" TEXT NOT NULL
) STRICT;
INSERT INTO "conversations" VALUES('a:anna','personal','29:anna','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "a:anna", "user_id": "29:anna", "bot_id": "28:bot"}','en','2026-11-20T09:00:00+00:00','2026-11-20T09:00:00+00:00');
INSERT INTO "conversations" VALUES('19:x','channel','','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "19:x;messageid=1", "place": "channel", "bot_id": "28:bot", "team_id": "19:team"}',NULL,NULL,'2026-11-20T09:00:00+00:00');
CREATE TABLE "unanswered" (
   "id" INTEGER PRIMARY KEY,
   "question" TEXT NOT NULL,
   "day" TEXT NOT NULL
) STRICT;
INSERT INTO "unanswered" VALUES(1,'Wat eet een ijsbeer?','2026-11-20');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_conversations_member"
    ON "conversations" ("member");
CREATE INDEX "idx_unanswered_day"
    ON "unanswered" ("day");
COMMIT;
