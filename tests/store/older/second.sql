-- What release de9274c wrote (migrations m001 to m005), with rows in every state, of every kind and with every reason.
-- Its calendar is second.toml; the moment is 9 December 2026, 10:10 in Amsterdam. Process 12345 is no more.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'ladderbot','m001_conversations','2026-11-29 18:10:45.808953+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'ladderbot','m002_unanswered','2026-11-29 18:10:45.809173+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'ladderbot','m003_subscriptions','2026-11-29 18:10:45.809394+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'ladderbot','m004_outbox','2026-11-29 18:10:45.809762+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'ladderbot','m005_overlap','2026-11-29 18:10:45.810432+00:00');
CREATE TABLE "chosen_leads" (
   "conversation" TEXT NOT NULL,
   "minutes" INTEGER NOT NULL, since text not null default '',
   PRIMARY KEY ("conversation", "minutes")
) STRICT;
INSERT INTO "chosen_leads" VALUES('chooser',1440,'2026-12-01T09:00:00.520009+00:00');
INSERT INTO "chosen_leads" VALUES('chooser',60,'2026-12-01T09:00:00.520009+00:00');
INSERT INTO "chosen_leads" VALUES('x-planned',10070,'2026-12-09T09:05:00+00:00');
INSERT INTO "chosen_leads" VALUES('x-sending',10070,'2026-12-09T09:05:00+00:00');
INSERT INTO "chosen_leads" VALUES('x-cut',10070,'2026-12-09T09:05:00+00:00');
INSERT INTO "chosen_leads" VALUES('x-setup',10070,'2026-12-09T09:05:00+00:00');
INSERT INTO "chosen_leads" VALUES('x-broke',10070,'2026-12-09T09:05:00+00:00');
CREATE TABLE "conversations" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "place" TEXT NOT NULL,
   "member" TEXT,
   "address" TEXT NOT NULL,
   "language" TEXT,
   "welcomed_at" TEXT,
   "seen_at" TEXT NOT NULL
, team text not null default '') STRICT;
INSERT INTO "conversations" VALUES('anna','personal','29:anna','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "anna", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:anna", "tenant_id": "t"}',NULL,NULL,'2026-11-25','');
INSERT INTO "conversations" VALUES('late','personal','29:late','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "late", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:late", "tenant_id": "t"}',NULL,NULL,'2026-11-25','');
INSERT INTO "conversations" VALUES('later-late','personal','29:later-late','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "later-late", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:later-late", "tenant_id": "t"}',NULL,NULL,'2026-11-25','');
INSERT INTO "conversations" VALUES('hopeful','personal','29:hopeful','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "hopeful", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:hopeful", "tenant_id": "t"}',NULL,NULL,'2026-11-25','');
INSERT INTO "conversations" VALUES('wavering','personal','29:wavering','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "wavering", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:wavering", "tenant_id": "t"}',NULL,NULL,'2026-11-25','');
INSERT INTO "conversations" VALUES('bram','personal','29:bram','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "bram", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:bram", "tenant_id": "t"}',NULL,'2026-11-28T11:00:00+00:00','2026-11-28','');
INSERT INTO "conversations" VALUES('carla','personal','29:carla','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "carla", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:carla", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('english','personal','29:english','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "english", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:english", "tenant_id": "t"}','en',NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('resting','personal','29:resting','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "resting", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:resting", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('editing','personal','29:editing','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "editing", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:editing", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('mended','personal','29:mended','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "mended", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:mended", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('refused-change','personal','29:refused-change','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "refused-change", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:refused-change", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('blocked-change','personal','29:blocked-change','',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('doubtful-change','personal','29:doubtful-change','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "doubtful-change", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:doubtful-change", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('chooser','personal','29:chooser','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "chooser", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:chooser", "tenant_id": "t"}',NULL,NULL,'2026-12-01','');
INSERT INTO "conversations" VALUES('quitter','personal','29:quitter','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "quitter", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:quitter", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('pauser','personal','29:pauser','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "pauser", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:pauser", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('stop-on-send','personal','29:stop-on-send','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "stop-on-send", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:stop-on-send", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('blocked','personal','29:blocked','',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('removed','personal','29:removed','',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('disabled','personal','29:disabled','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "disabled", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:disabled", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('deleted','personal','29:deleted','',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('refused','personal','29:refused','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "refused", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:refused", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('gone','personal','29:gone','',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('tired','personal','29:tired','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "tired", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:tired", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('damaged','personal','29:damaged','{',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('late-reminder','personal','29:late-reminder','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "late-reminder", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:late-reminder", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('setup-change','personal','29:setup-change','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "setup-change", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:setup-change", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('mover','personal','29:mover','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "mover", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:mover", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('19:x@thread.tacv2','channel','','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "19:x@thread.tacv2", "place": "channel", "channel_id": "msteams", "bot_id": "28:bot", "tenant_id": "t", "team_id": "19:t"}',NULL,NULL,'2026-11-28','19:t');
INSERT INTO "conversations" VALUES('19:g@unq.gbl.spaces','groupChat','','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "19:g@unq.gbl.spaces", "place": "groupChat", "channel_id": "msteams", "bot_id": "28:bot", "tenant_id": "t"}',NULL,NULL,'2026-11-28','');
INSERT INTO "conversations" VALUES('w-later','personal','29:w-later','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-later", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-later", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('w-setup','personal','29:w-setup','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-setup", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-setup", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('w-notfound','personal','29:w-notfound','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-notfound", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-notfound", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('w-doubt','personal','29:w-doubt','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-doubt", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-doubt", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('w-broke','personal','29:w-broke','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-broke", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-broke", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('w-cut','personal','29:w-cut','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-cut", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-cut", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('w-sending','personal','29:w-sending','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-sending", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-sending", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('w-mine','personal','29:w-mine','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "w-mine", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:w-mine", "tenant_id": "t"}',NULL,NULL,'2026-12-08','');
INSERT INTO "conversations" VALUES('x-planned','personal','29:x-planned','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "x-planned", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:x-planned", "tenant_id": "t"}',NULL,NULL,'2026-12-09','');
INSERT INTO "conversations" VALUES('x-sending','personal','29:x-sending','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "x-sending", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:x-sending", "tenant_id": "t"}',NULL,NULL,'2026-12-09','');
INSERT INTO "conversations" VALUES('x-cut','personal','29:x-cut','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "x-cut", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:x-cut", "tenant_id": "t"}',NULL,NULL,'2026-12-09','');
INSERT INTO "conversations" VALUES('x-setup','personal','29:x-setup','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "x-setup", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:x-setup", "tenant_id": "t"}',NULL,NULL,'2026-12-09','');
INSERT INTO "conversations" VALUES('x-broke','personal','29:x-broke','{"service_url": "https://smba.trafficmanager.net/emea/", "conversation_id": "x-broke", "place": "personal", "channel_id": "msteams", "bot_id": "28:bot", "user_id": "29:x-broke", "tenant_id": "t"}',NULL,NULL,'2026-12-09','');
CREATE TABLE "occurrences" (
   "occurrence" TEXT PRIMARY KEY NOT NULL,
   "state" TEXT NOT NULL,
   "sequence" INTEGER NOT NULL,
   "changed" TEXT NOT NULL
) STRICT;
INSERT INTO "occurrences" VALUES('oud/2026-11-27','edea6dcc573bdbc51d296d4634d97c125d0ac3f928c660feb75b58111ea9de3b',0,'2026-12-09T09:10:00+00:00');
INSERT INTO "occurrences" VALUES('werk/2026-12-16','5ea7f09a55789a7c9c50c84d23cc8a09ab504cdd3bb4d7f3c6fb1f6e69570700',0,'2026-12-09T09:10:00+00:00');
INSERT INTO "occurrences" VALUES('cop/2026-12-08','5ed0b66f78b5f4655095e16d372128bcc60be59d7aeba736ed4aafabeb9ee436',0,'2026-12-09T09:10:00+00:00');
CREATE TABLE "outbox" (
   "id" INTEGER PRIMARY KEY,
   "occurrence" TEXT NOT NULL,
   "lead" TEXT NOT NULL,
   "conversation" TEXT NOT NULL,
   "state" TEXT NOT NULL,
   "due" TEXT NOT NULL,
   "next_try" TEXT NOT NULL,
   "attempts" INTEGER NOT NULL DEFAULT 0,
   "doubts" INTEGER NOT NULL DEFAULT 0,
   "claimed_by" TEXT,
   "claimed_at" TEXT,
   "sent_at" TEXT,
   "activity" TEXT,
   "told" TEXT,
   "why" TEXT
, thread text not null default '', edits integer not null default 0) STRICT;
INSERT INTO "outbox" VALUES(1,'oud/2026-11-27','1d','anna','sent','2026-11-26T09:00:00+00:00','2026-11-26T09:00:00+00:00',1,0,'one','2026-11-26T09:00:00+00:00','2026-11-26T09:00:00+00:00','m0','2026-11-27T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(2,'oud/2026-11-27','1d','hopeful','sent','2026-11-26T09:00:00+00:00','2026-11-26T09:00:00+00:00',1,0,'one','2026-11-26T09:00:00+00:00','2026-11-26T09:00:00+00:00','m1','2026-11-27T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(3,'oud/2026-11-27','1d','late','expired','2026-11-26T09:00:00+00:00','2026-11-26T09:00:01.134364+00:00',1,0,'one','2026-11-26T09:00:00+00:00',NULL,NULL,NULL,'a nearer reminder took its place','',0);
INSERT INTO "outbox" VALUES(4,'oud/2026-11-27','1d','later-late','expired','2026-11-26T09:00:00+00:00','2026-11-26T09:00:20+00:00',1,0,'one','2026-11-26T09:00:00+00:00',NULL,NULL,NULL,'a nearer reminder took its place','',0);
INSERT INTO "outbox" VALUES(5,'oud/2026-11-27','1d','wavering','sent','2026-11-26T09:00:00+00:00','2026-11-26T09:00:20.000010+00:00',1,0,'one','2026-11-26T09:00:20.000010+00:00','2026-11-26T09:00:20.000010+00:00','m2','2026-11-27T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(6,'oud/2026-11-27','change 1','anna','stopped','2026-11-26T11:00:00+00:00','2026-11-26T11:00:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'what people were told is so again','',0);
INSERT INTO "outbox" VALUES(7,'oud/2026-11-27','change 1','hopeful','expired','2026-11-26T11:00:00+00:00','2026-11-27T09:20:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the meeting is past','',0);
INSERT INTO "outbox" VALUES(8,'oud/2026-11-27','change 1','wavering','stopped','2026-11-26T11:00:00+00:00','2026-11-26T11:00:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'what people were told is so again','',0);
INSERT INTO "outbox" VALUES(9,'oud/2026-11-27','1d 2026-11-27T10:30','late','stopped','2026-11-26T09:30:00+00:00','2026-11-26T11:00:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the meeting was moved or cancelled','',0);
INSERT INTO "outbox" VALUES(10,'oud/2026-11-27','1d 2026-11-27T10:30','later-late','stopped','2026-11-26T09:30:00+00:00','2026-11-26T11:00:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the meeting was moved or cancelled','',0);
INSERT INTO "outbox" VALUES(11,'oud/2026-11-27','1h','anna','sent','2026-11-27T08:00:00+00:00','2026-11-27T08:00:00+00:00',1,0,'one','2026-11-27T08:00:00+00:00','2026-11-27T08:00:00+00:00','m3','2026-11-27T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(12,'oud/2026-11-27','1h','late','expired','2026-11-27T08:00:00+00:00','2026-11-27T08:30:03.527549+00:00',2,0,'one','2026-11-27T08:30:00+00:00',NULL,NULL,NULL,'a nearer reminder took its place','',0);
INSERT INTO "outbox" VALUES(13,'oud/2026-11-27','1h','later-late','expired','2026-11-27T08:00:00+00:00','2026-11-27T08:30:20+00:00',2,0,'one','2026-11-27T08:30:00+00:00',NULL,NULL,NULL,'a nearer reminder took its place','',0);
INSERT INTO "outbox" VALUES(14,'oud/2026-11-27','1h','wavering','sent','2026-11-27T08:00:00+00:00','2026-11-27T08:00:20.000010+00:00',1,0,'one','2026-11-27T08:00:20.000010+00:00','2026-11-27T08:00:20.000010+00:00','m4','2026-11-27T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(15,'oud/2026-11-27','change 2','anna','expired','2026-11-27T08:59:00+00:00','2026-11-27T08:59:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the meeting is past','',0);
INSERT INTO "outbox" VALUES(16,'oud/2026-11-27','change 2','wavering','expired','2026-11-27T08:59:00+00:00','2026-11-27T08:59:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the meeting is past','',0);
INSERT INTO "outbox" VALUES(17,'oud/2026-11-27','1h 2026-11-27T10:30','late','expired','2026-11-27T08:30:00+00:00','2026-11-27T08:59:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the meeting has started','',0);
INSERT INTO "outbox" VALUES(18,'oud/2026-11-27','1h 2026-11-27T10:30','later-late','expired','2026-11-27T08:30:00+00:00','2026-11-27T08:59:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the meeting has started','',0);
INSERT INTO "outbox" VALUES(19,'cop/2026-12-08','7d','19:g@unq.gbl.spaces','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00','m5','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(20,'cop/2026-12-08','7d','19:x@thread.tacv2','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00','m6','2026-12-08T09:00:00+00:00',NULL,'19:x@thread.tacv2;messageid=m6',0);
INSERT INTO "outbox" VALUES(21,'cop/2026-12-08','7d','anna','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00','m7','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(22,'cop/2026-12-08','7d','blocked','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00+00:00',NULL,NULL,'2026-12-08T09:00:00+00:00','blocked','',0);
INSERT INTO "outbox" VALUES(23,'cop/2026-12-08','7d','blocked-change','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00','m8','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(24,'cop/2026-12-08','7d','bram','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00','m9','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(25,'cop/2026-12-08','7d','carla','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.020010+00:00',1,0,'one','2026-12-01T09:00:00.020010+00:00','2026-12-01T09:00:00.020010+00:00','m10','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(26,'cop/2026-12-08','7d','chooser','stopped','2026-12-01T09:00:00+00:00','2026-12-01T09:00:01.295079+00:00',1,0,'one','2026-12-01T09:00:00.040010+00:00',NULL,NULL,NULL,'other leads chosen','',0);
INSERT INTO "outbox" VALUES(27,'cop/2026-12-08','7d','damaged','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the address cannot be read','',0);
INSERT INTO "outbox" VALUES(28,'cop/2026-12-08','7d','deleted','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00.060010+00:00',NULL,NULL,'2026-12-08T09:00:00+00:00','deleted','',0);
INSERT INTO "outbox" VALUES(29,'cop/2026-12-08','7d','disabled','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00.080010+00:00',NULL,NULL,'2026-12-08T09:00:00+00:00','disabled','',0);
INSERT INTO "outbox" VALUES(30,'cop/2026-12-08','7d','doubtful-change','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.100010+00:00',1,0,'one','2026-12-01T09:00:00.100010+00:00','2026-12-01T09:00:00.100010+00:00','m11','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(31,'cop/2026-12-08','7d','editing','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.120010+00:00',1,0,'one','2026-12-01T09:00:00.120010+00:00','2026-12-01T09:00:00.120010+00:00','m12','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(32,'cop/2026-12-08','7d','english','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.140010+00:00',1,0,'one','2026-12-01T09:00:00.140010+00:00','2026-12-01T09:00:00.140010+00:00','m13','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(33,'cop/2026-12-08','7d','gone','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:01:00.160010+00:00',2,0,'one','2026-12-01T09:03:00+00:00',NULL,NULL,'2026-12-08T09:00:00+00:00','uninstalled','',0);
INSERT INTO "outbox" VALUES(34,'cop/2026-12-08','7d','hopeful','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.180010+00:00',1,0,'one','2026-12-01T09:00:00.180010+00:00','2026-12-01T09:00:00.180010+00:00','m14','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(35,'cop/2026-12-08','7d','late','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.200010+00:00',1,0,'one','2026-12-01T09:00:00.200010+00:00','2026-12-01T09:00:00.200010+00:00','m15','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(36,'cop/2026-12-08','7d','late-reminder','stopped','2026-12-01T09:00:00+00:00','2026-12-01T09:03:02.056695+00:00',2,0,'one','2026-12-01T09:03:00+00:00',NULL,NULL,NULL,'the meeting was moved or cancelled','',0);
INSERT INTO "outbox" VALUES(37,'cop/2026-12-08','7d','later-late','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.240010+00:00',1,0,'one','2026-12-01T09:00:00.240010+00:00','2026-12-01T09:00:00.240010+00:00','m16','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(38,'cop/2026-12-08','7d','mended','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.260010+00:00',1,0,'one','2026-12-01T09:00:00.260010+00:00','2026-12-01T09:00:00.260010+00:00','m17','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(39,'cop/2026-12-08','7d','mover','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.280010+00:00',1,0,'one','2026-12-01T09:00:00.280010+00:00','2026-12-01T09:00:00.280010+00:00','m18','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(40,'cop/2026-12-08','7d','pauser','stopped','2026-12-01T09:00:00+00:00','2026-12-01T09:00:01.749501+00:00',1,0,'one','2026-12-01T09:00:00.300010+00:00',NULL,NULL,NULL,'paused','',0);
INSERT INTO "outbox" VALUES(41,'cop/2026-12-08','7d','quitter','stopped','2026-12-01T09:00:00+00:00','2026-12-01T09:00:01.971603+00:00',1,0,'one','2026-12-01T09:00:00.320010+00:00',NULL,NULL,NULL,'stop','',0);
INSERT INTO "outbox" VALUES(42,'cop/2026-12-08','7d','refused','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00.340010+00:00',NULL,NULL,'2026-12-08T09:00:00+00:00','400 BadArgument','',0);
INSERT INTO "outbox" VALUES(43,'cop/2026-12-08','7d','refused-change','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.360010+00:00',1,0,'one','2026-12-01T09:00:00.360010+00:00','2026-12-01T09:00:00.360010+00:00','m19','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(44,'cop/2026-12-08','7d','removed','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00+00:00',1,0,'one','2026-12-01T09:00:00.380010+00:00',NULL,NULL,'2026-12-08T09:00:00+00:00','removed','',0);
INSERT INTO "outbox" VALUES(45,'cop/2026-12-08','7d','resting','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.400010+00:00',1,0,'one','2026-12-01T09:00:00.400010+00:00','2026-12-01T09:00:00.400010+00:00','m20','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(46,'cop/2026-12-08','7d','setup-change','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.420009+00:00',1,0,'one','2026-12-01T09:00:00.420009+00:00','2026-12-01T09:00:00.420009+00:00','m21','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(47,'cop/2026-12-08','7d','stop-on-send','stopped','2026-12-01T09:00:00+00:00','2026-12-01T09:00:02.228733+00:00',1,0,'one','2026-12-01T09:00:00.440010+00:00',NULL,NULL,NULL,'503','',0);
INSERT INTO "outbox" VALUES(48,'cop/2026-12-08','7d','tired','failed','2026-12-01T09:00:00+00:00','2026-12-01T09:00:01.553869+00:00',12,0,'one','2026-12-01T09:03:00+00:00',NULL,NULL,'2026-12-08T09:00:00+00:00','after 12 attempts: 502','',0);
INSERT INTO "outbox" VALUES(49,'cop/2026-12-08','7d','wavering','sent','2026-12-01T09:00:00+00:00','2026-12-01T09:00:00.480009+00:00',1,0,'one','2026-12-01T09:00:00.480009+00:00','2026-12-01T09:00:00.480009+00:00','m22','2026-12-08T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(50,'cop/2026-12-08','change 1','19:g@unq.gbl.spaces','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:01:00+00:00',1,0,'one','2026-12-02T09:00:00+00:00','2026-12-02T09:00:00+00:00','m23','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(51,'cop/2026-12-08','change 1','19:x@thread.tacv2','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:01:00+00:00',1,0,'one','2026-12-02T09:00:00+00:00','2026-12-02T09:00:00+00:00','m24','2026-12-15T10:00:00+00:00',NULL,'19:x@thread.tacv2;messageid=m24',0);
INSERT INTO "outbox" VALUES(52,'cop/2026-12-08','change 1','anna','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:01:00+00:00',1,0,'one','2026-12-02T09:00:00+00:00','2026-12-02T09:00:00+00:00','m25','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(53,'cop/2026-12-08','change 1','blocked-change','failed','2026-12-02T09:00:00+00:00','2026-12-02T09:00:00+00:00',1,0,'one','2026-12-02T09:00:00+00:00',NULL,NULL,'2026-12-15T10:00:00+00:00','blocked','',0);
INSERT INTO "outbox" VALUES(54,'cop/2026-12-08','change 1','bram','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:01:00+00:00',1,0,'one','2026-12-02T09:00:00+00:00','2026-12-02T09:00:00+00:00','m26','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(55,'cop/2026-12-08','change 1','carla','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:01:00+00:00',1,0,'one','2026-12-02T09:00:00+00:00','2026-12-02T09:00:00+00:00','m27','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(56,'cop/2026-12-08','change 1','doubtful-change','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',2,1,'one','2026-12-02T09:10:00+00:00','2026-12-02T09:10:00+00:00','m38','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(57,'cop/2026-12-08','change 1','editing','sent','2026-12-02T09:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-02T09:00:00.040010+00:00','2026-12-02T09:00:00.040010+00:00','m28','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(58,'cop/2026-12-08','change 1','english','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.060010+00:00','2026-12-02T09:00:00.060010+00:00','m29','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(59,'cop/2026-12-08','change 1','hopeful','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.080010+00:00','2026-12-02T09:00:00.080010+00:00','m30','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(60,'cop/2026-12-08','change 1','late','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.100010+00:00','2026-12-02T09:00:00.100010+00:00','m31','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(61,'cop/2026-12-08','change 1','later-late','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.120010+00:00','2026-12-02T09:00:00.120010+00:00','m32','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(62,'cop/2026-12-08','change 1','mended','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.140010+00:00','2026-12-02T09:00:00.140010+00:00','m33','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(63,'cop/2026-12-08','change 1','mover','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.160010+00:00','2026-12-02T09:00:00.160010+00:00','m34','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(64,'cop/2026-12-08','change 1','refused-change','failed','2026-12-02T09:00:00+00:00','2026-12-02T09:00:00+00:00',1,0,'one','2026-12-02T09:00:00.180010+00:00',NULL,NULL,'2026-12-15T10:00:00+00:00','413 TooBig','',0);
INSERT INTO "outbox" VALUES(65,'cop/2026-12-08','change 1','resting','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.200010+00:00','2026-12-02T09:00:00.200010+00:00','m35','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(66,'cop/2026-12-08','change 1','setup-change','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.220010+00:00','2026-12-02T09:00:00.220010+00:00','m36','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(67,'cop/2026-12-08','change 1','wavering','sent','2026-12-02T09:00:00+00:00','2026-12-02T09:11:00+00:00',1,0,'one','2026-12-02T09:00:00.240010+00:00','2026-12-02T09:00:00.240010+00:00','m37','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(68,'cop/2026-12-08','7d 2026-12-15T11:00','19:g@unq.gbl.spaces','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00',1,0,'one','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00','m39','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(69,'cop/2026-12-08','7d 2026-12-15T11:00','19:x@thread.tacv2','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00',1,0,'one','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00','m40','2026-12-15T10:00:00+00:00',NULL,'19:x@thread.tacv2;messageid=m40',0);
INSERT INTO "outbox" VALUES(70,'cop/2026-12-08','7d 2026-12-15T11:00','anna','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00',1,0,'one','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00','m41','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(71,'cop/2026-12-08','7d 2026-12-15T11:00','bram','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00',1,0,'one','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00','m42','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(72,'cop/2026-12-08','7d 2026-12-15T11:00','carla','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00',1,0,'one','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00','m43','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(73,'cop/2026-12-08','7d 2026-12-15T11:00','damaged','failed','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the address cannot be read','',0);
INSERT INTO "outbox" VALUES(74,'cop/2026-12-08','7d 2026-12-15T11:00','doubtful-change','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00',1,0,'one','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00+00:00','m44','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(75,'cop/2026-12-08','7d 2026-12-15T11:00','editing','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.020010+00:00',1,0,'one','2026-12-08T10:00:00.020010+00:00','2026-12-08T10:00:00.020010+00:00','m45','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(76,'cop/2026-12-08','7d 2026-12-15T11:00','english','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.040010+00:00',1,0,'one','2026-12-08T10:00:00.040010+00:00','2026-12-08T10:00:00.040010+00:00','m46','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(77,'cop/2026-12-08','7d 2026-12-15T11:00','hopeful','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.060010+00:00',1,0,'one','2026-12-08T10:00:00.060010+00:00','2026-12-08T10:00:00.060010+00:00','m47','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(78,'cop/2026-12-08','7d 2026-12-15T11:00','late','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.080010+00:00',1,0,'one','2026-12-08T10:00:00.080010+00:00','2026-12-08T10:00:00.080010+00:00','m48','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(79,'cop/2026-12-08','7d 2026-12-15T11:00','late-reminder','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.100010+00:00',1,0,'one','2026-12-08T10:00:00.100010+00:00','2026-12-08T10:00:00.100010+00:00','m49','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(80,'cop/2026-12-08','7d 2026-12-15T11:00','later-late','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.120010+00:00',1,0,'one','2026-12-08T10:00:00.120010+00:00','2026-12-08T10:00:00.120010+00:00','m50','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(81,'cop/2026-12-08','7d 2026-12-15T11:00','mended','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.140010+00:00',1,0,'one','2026-12-08T10:00:00.140010+00:00','2026-12-08T10:00:00.140010+00:00','m51','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(82,'cop/2026-12-08','7d 2026-12-15T11:00','mover','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.160010+00:00',1,0,'one','2026-12-08T10:00:00.160010+00:00','2026-12-08T10:00:00.160010+00:00','m52','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(83,'cop/2026-12-08','7d 2026-12-15T11:00','pauser','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.180010+00:00',1,0,'one','2026-12-08T10:00:00.180010+00:00','2026-12-08T10:00:00.180010+00:00','m53','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(84,'cop/2026-12-08','7d 2026-12-15T11:00','refused','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.200010+00:00',1,0,'one','2026-12-08T10:00:00.200010+00:00','2026-12-08T10:00:00.200010+00:00','m54','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(85,'cop/2026-12-08','7d 2026-12-15T11:00','refused-change','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.220010+00:00',1,0,'one','2026-12-08T10:00:00.220010+00:00','2026-12-08T10:00:00.220010+00:00','m55','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(86,'cop/2026-12-08','7d 2026-12-15T11:00','setup-change','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.240010+00:00',1,0,'one','2026-12-08T10:00:00.240010+00:00','2026-12-08T10:00:00.240010+00:00','m56','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(87,'cop/2026-12-08','7d 2026-12-15T11:00','tired','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.260010+00:00',1,0,'one','2026-12-08T10:00:00.260010+00:00','2026-12-08T10:00:00.260010+00:00','m57','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(88,'cop/2026-12-08','7d 2026-12-15T11:00','wavering','sent','2026-12-08T10:00:00+00:00','2026-12-08T10:00:00.280010+00:00',1,0,'one','2026-12-08T10:00:00.280010+00:00','2026-12-08T10:00:00.280010+00:00','m58','2026-12-15T10:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(89,'cop/2026-12-08','change 2','19:g@unq.gbl.spaces','sent','2026-12-08T11:00:00+00:00','2026-12-08T11:01:00+00:00',1,0,'one','2026-12-08T11:00:00+00:00','2026-12-08T11:00:00+00:00','m59','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(90,'cop/2026-12-08','change 2','19:x@thread.tacv2','sent','2026-12-08T11:00:00+00:00','2026-12-08T11:01:00+00:00',1,0,'one','2026-12-08T11:00:00+00:00','2026-12-08T11:00:00+00:00','m60','cancelled',NULL,'19:x@thread.tacv2;messageid=m60',0);
INSERT INTO "outbox" VALUES(91,'cop/2026-12-08','change 2','anna','sent','2026-12-08T11:00:00+00:00','2026-12-08T11:01:00+00:00',1,0,'one','2026-12-08T11:00:00+00:00','2026-12-08T11:00:00+00:00','m61','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(92,'cop/2026-12-08','change 2','bram','sent','2026-12-08T11:00:00+00:00','2026-12-08T11:01:00+00:00',1,0,'one','2026-12-08T11:00:00+00:00','2026-12-08T11:00:00+00:00','m62','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(93,'cop/2026-12-08','change 2','carla','sent','2026-12-08T11:00:00+00:00','2026-12-09T09:02:00+00:00',1,0,'one','2026-12-08T11:00:00+00:00','2026-12-08T11:00:00+00:00','m63','cancelled',NULL,'',1);
INSERT INTO "outbox" VALUES(94,'cop/2026-12-08','change 2','doubtful-change','sent','2026-12-08T11:00:00+00:00','2026-12-08T11:01:00+00:00',1,0,'one','2026-12-08T11:00:00+00:00','2026-12-08T11:00:00+00:00','m64','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(95,'cop/2026-12-08','change 2','editing','sent','2026-12-08T11:00:00+00:00','2026-12-09T09:02:00+00:00',1,0,'one','2026-12-08T11:00:00.020010+00:00','2026-12-08T11:00:00.020010+00:00','m65','cancelled',NULL,'',2);
INSERT INTO "outbox" VALUES(96,'cop/2026-12-08','change 2','english','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.040010+00:00','2026-12-08T11:00:00.040010+00:00','m66','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(97,'cop/2026-12-08','change 2','hopeful','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.060010+00:00','2026-12-08T11:00:00.060010+00:00','m67','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(98,'cop/2026-12-08','change 2','late','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.080010+00:00','2026-12-08T11:00:00.080010+00:00','m68','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(99,'cop/2026-12-08','change 1','late-reminder','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.100010+00:00','2026-12-08T11:00:00.100010+00:00','m69','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(100,'cop/2026-12-08','change 2','later-late','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.120010+00:00','2026-12-08T11:00:00.120010+00:00','m70','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(101,'cop/2026-12-08','change 2','mended','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.140010+00:00','2026-12-08T11:00:00.140010+00:00','m71','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(102,'cop/2026-12-08','change 2','mover','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.160010+00:00','2026-12-08T11:00:00.160010+00:00','m72','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(103,'cop/2026-12-08','change 1','pauser','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.180010+00:00','2026-12-08T11:00:00.180010+00:00','m73','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(104,'cop/2026-12-08','change 1','refused','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.200010+00:00','2026-12-08T11:00:00.200010+00:00','m74','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(105,'cop/2026-12-08','change 2','refused-change','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.220010+00:00','2026-12-08T11:00:00.220010+00:00','m75','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(106,'cop/2026-12-08','change 2','resting','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.240010+00:00','2026-12-08T11:00:00.240010+00:00','m76','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(107,'cop/2026-12-08','change 2','setup-change','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.260010+00:00','2026-12-08T11:00:00.260010+00:00','m77','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(108,'cop/2026-12-08','change 1','tired','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.280010+00:00','2026-12-08T11:00:00.280010+00:00','m78','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(109,'cop/2026-12-08','change 2','wavering','sent','2026-12-08T11:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T11:00:00.300010+00:00','2026-12-08T11:00:00.300010+00:00','m79','cancelled',NULL,'',0);
INSERT INTO "outbox" VALUES(110,'cop/2026-12-08','change 3','19:g@unq.gbl.spaces','sent','2026-12-08T12:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T12:00:00+00:00','2026-12-08T12:00:00+00:00','m80','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(111,'cop/2026-12-08','change 3','19:x@thread.tacv2','sent','2026-12-08T12:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T12:00:00+00:00','2026-12-08T12:00:00+00:00','m81','2026-12-17T08:00:00+00:00',NULL,'19:x@thread.tacv2;messageid=m81',0);
INSERT INTO "outbox" VALUES(112,'cop/2026-12-08','change 3','anna','sent','2026-12-08T12:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T12:00:00+00:00','2026-12-08T12:00:00+00:00','m82','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(113,'cop/2026-12-08','change 3','bram','sent','2026-12-08T12:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T12:00:00+00:00','2026-12-08T12:00:00+00:00','m83','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(114,'cop/2026-12-08','change 3','carla','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:02:00+00:00',1,0,'one','2026-12-08T12:00:00+00:00','2026-12-08T12:00:00+00:00','m84','2026-12-17T08:00:00+00:00',NULL,'',2);
INSERT INTO "outbox" VALUES(115,'cop/2026-12-08','change 3','doubtful-change','sent','2026-12-08T12:00:00+00:00','2026-12-08T12:01:00+00:00',1,0,'one','2026-12-08T12:00:00+00:00','2026-12-08T12:00:00+00:00','m85','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(116,'cop/2026-12-08','change 3','editing','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:02:00+00:00',1,0,'one','2026-12-08T12:00:00.020010+00:00','2026-12-08T12:00:00.020010+00:00','m86','2026-12-17T08:00:00+00:00',NULL,'',3);
INSERT INTO "outbox" VALUES(117,'cop/2026-12-08','change 3','english','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.040010+00:00','2026-12-08T12:00:00.040010+00:00','m87','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(118,'cop/2026-12-08','change 3','hopeful','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.060010+00:00','2026-12-08T12:00:00.060010+00:00','m88','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(119,'cop/2026-12-08','change 3','late','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.080010+00:00','2026-12-08T12:00:00.080010+00:00','m89','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(120,'cop/2026-12-08','change 2','late-reminder','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.100010+00:00','2026-12-08T12:00:00.100010+00:00','m90','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(121,'cop/2026-12-08','change 3','later-late','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.120010+00:00','2026-12-08T12:00:00.120010+00:00','m91','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(122,'cop/2026-12-08','change 3','mended','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.140010+00:00','2026-12-08T12:00:00.140010+00:00','m92','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(123,'cop/2026-12-08','change 3','mover','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.160010+00:00','2026-12-08T12:00:00.160010+00:00','m93','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(124,'cop/2026-12-08','change 2','pauser','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.180010+00:00','2026-12-08T12:00:00.180010+00:00','m94','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(125,'cop/2026-12-08','change 2','refused','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.200010+00:00','2026-12-08T12:00:00.200010+00:00','m95','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(126,'cop/2026-12-08','change 3','refused-change','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.220010+00:00','2026-12-08T12:00:00.220010+00:00','m96','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(127,'cop/2026-12-08','change 3','resting','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.240010+00:00','2026-12-08T12:00:00.240010+00:00','m97','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(128,'cop/2026-12-08','change 3','setup-change','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.260010+00:00','2026-12-08T12:00:00.260010+00:00','m98','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(129,'cop/2026-12-08','change 2','tired','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.280010+00:00','2026-12-08T12:00:00.280010+00:00','m99','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(130,'cop/2026-12-08','change 3','wavering','sent','2026-12-08T12:00:00+00:00','2026-12-09T09:01:00+00:00',1,0,'one','2026-12-08T12:00:00.300010+00:00','2026-12-08T12:00:00.300010+00:00','m100','2026-12-17T08:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(131,'werk/2026-12-16','7d','19:g@unq.gbl.spaces','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00',1,0,'one','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00','m101','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(132,'werk/2026-12-16','7d','19:x@thread.tacv2','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00',1,0,'one','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00','m102','2026-12-16T09:00:00+00:00',NULL,'19:x@thread.tacv2;messageid=m102',0);
INSERT INTO "outbox" VALUES(133,'werk/2026-12-16','7d','anna','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00',1,0,'one','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00','m103','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(134,'werk/2026-12-16','7d','bram','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00',1,0,'one','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00','m104','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(135,'werk/2026-12-16','7d','carla','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00',1,0,'one','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00','m105','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(136,'werk/2026-12-16','7d','damaged','failed','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,'the address cannot be read','',0);
INSERT INTO "outbox" VALUES(137,'werk/2026-12-16','7d','doubtful-change','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00',1,0,'one','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00+00:00','m106','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(138,'werk/2026-12-16','7d','editing','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.020010+00:00',1,0,'one','2026-12-09T09:00:00.020010+00:00','2026-12-09T09:00:00.020010+00:00','m107','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(139,'werk/2026-12-16','7d','english','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.040010+00:00',1,0,'one','2026-12-09T09:00:00.040010+00:00','2026-12-09T09:00:00.040010+00:00','m108','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(140,'werk/2026-12-16','7d','hopeful','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.060010+00:00',1,0,'one','2026-12-09T09:00:00.060010+00:00','2026-12-09T09:00:00.060010+00:00','m109','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(141,'werk/2026-12-16','7d','late','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.080010+00:00',1,0,'one','2026-12-09T09:00:00.080010+00:00','2026-12-09T09:00:00.080010+00:00','m110','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(142,'werk/2026-12-16','7d','late-reminder','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.100010+00:00',1,0,'one','2026-12-09T09:00:00.100010+00:00','2026-12-09T09:00:00.100010+00:00','m111','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(143,'werk/2026-12-16','7d','later-late','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.120010+00:00',1,0,'one','2026-12-09T09:00:00.120010+00:00','2026-12-09T09:00:00.120010+00:00','m112','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(144,'werk/2026-12-16','7d','mended','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.140010+00:00',1,0,'one','2026-12-09T09:00:00.140010+00:00','2026-12-09T09:00:00.140010+00:00','m113','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(145,'werk/2026-12-16','7d','mover','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.160010+00:00',1,0,'one','2026-12-09T09:00:00.160010+00:00','2026-12-09T09:00:00.160010+00:00','m114','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(146,'werk/2026-12-16','7d','pauser','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.180010+00:00',1,0,'one','2026-12-09T09:00:00.180010+00:00','2026-12-09T09:00:00.180010+00:00','m115','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(147,'werk/2026-12-16','7d','refused','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.200010+00:00',1,0,'one','2026-12-09T09:00:00.200010+00:00','2026-12-09T09:00:00.200010+00:00','m116','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(148,'werk/2026-12-16','7d','refused-change','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.220010+00:00',1,0,'one','2026-12-09T09:00:00.220010+00:00','2026-12-09T09:00:00.220010+00:00','m117','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(149,'werk/2026-12-16','7d','setup-change','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.240010+00:00',1,0,'one','2026-12-09T09:00:00.240010+00:00','2026-12-09T09:00:00.240010+00:00','m118','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(150,'werk/2026-12-16','7d','tired','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.260010+00:00',1,0,'one','2026-12-09T09:00:00.260010+00:00','2026-12-09T09:00:00.260010+00:00','m119','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(151,'werk/2026-12-16','7d','w-broke','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.280010+00:00',1,0,'one','2026-12-09T09:00:00.280010+00:00','2026-12-09T09:00:00.280010+00:00','m120','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(152,'werk/2026-12-16','7d','w-cut','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.300010+00:00',1,0,'one','2026-12-09T09:00:00.300010+00:00','2026-12-09T09:00:00.300010+00:00','m121','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(153,'werk/2026-12-16','7d','w-doubt','planned','2026-12-09T09:00:00+00:00','2026-12-09T09:12:00+00:00',2,2,'one','2026-12-09T09:08:44.296802+00:00',NULL,NULL,'2026-12-16T09:00:00+00:00','cut off: TimeoutError','',0);
INSERT INTO "outbox" VALUES(154,'werk/2026-12-16','7d','w-later','planned','2026-12-09T09:00:00+00:00','2026-12-09T09:12:00+00:00',2,0,'one','2026-12-09T09:07:44.296792+00:00',NULL,NULL,NULL,'503','',0);
INSERT INTO "outbox" VALUES(155,'werk/2026-12-16','7d','w-mine','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.360010+00:00',1,0,'one','2026-12-09T09:00:00.360010+00:00','2026-12-09T09:00:00.360010+00:00','m122','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(156,'werk/2026-12-16','7d','w-notfound','planned','2026-12-09T09:00:00+00:00','2026-12-09T09:12:00+00:00',1,0,'one','2026-12-09T09:00:00.380010+00:00',NULL,NULL,NULL,'not found','',0);
INSERT INTO "outbox" VALUES(157,'werk/2026-12-16','7d','w-sending','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.400010+00:00',1,0,'one','2026-12-09T09:00:00.400010+00:00','2026-12-09T09:00:00.400010+00:00','m123','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(158,'werk/2026-12-16','7d','w-setup','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.420009+00:00',1,0,'one','2026-12-09T09:00:00.420009+00:00','2026-12-09T09:00:00.420009+00:00','m124','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(159,'werk/2026-12-16','7d','wavering','sent','2026-12-09T09:00:00+00:00','2026-12-09T09:00:00.440010+00:00',1,0,'one','2026-12-09T09:00:00.440010+00:00','2026-12-09T09:00:00.440010+00:00','m125','2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(160,'cop/2026-12-08','change 4','19:g@unq.gbl.spaces','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.296812+00:00',1,0,'one','2026-12-09T09:09:44.296812+00:00','2026-12-09T09:09:44.296812+00:00','m126','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(161,'cop/2026-12-08','change 4','19:x@thread.tacv2','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.296812+00:00',1,0,'one','2026-12-09T09:09:44.296812+00:00','2026-12-09T09:09:44.296812+00:00','m127','2026-12-18T08:00:00+00:00',NULL,'19:x@thread.tacv2;messageid=m127',5);
INSERT INTO "outbox" VALUES(162,'cop/2026-12-08','change 4','anna','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.296812+00:00',1,0,'one','2026-12-09T09:09:44.296812+00:00','2026-12-09T09:09:44.296812+00:00','m128','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(163,'cop/2026-12-08','change 4','bram','planned','2026-12-09T09:01:00+00:00','2026-12-09T09:12:00+00:00',1,0,'one','2026-12-09T09:09:44.296812+00:00',NULL,NULL,NULL,'503','',0);
INSERT INTO "outbox" VALUES(164,'cop/2026-12-08','change 4','carla','planned','2026-12-09T09:01:00+00:00','2026-12-09T09:12:00+00:00',1,1,'one','2026-12-09T09:09:44.296812+00:00',NULL,NULL,'2026-12-18T08:00:00+00:00','504 GatewayTimeout','',0);
INSERT INTO "outbox" VALUES(165,'cop/2026-12-08','change 4','doubtful-change','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.296812+00:00',1,0,'one','2026-12-09T09:09:44.296812+00:00','2026-12-09T09:09:44.296812+00:00','m129','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(166,'cop/2026-12-08','change 4','editing','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.316822+00:00',1,0,'one','2026-12-09T09:09:44.316822+00:00','2026-12-09T09:09:44.316822+00:00','m130','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(167,'cop/2026-12-08','change 4','english','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.336822+00:00',1,0,'one','2026-12-09T09:09:44.336822+00:00','2026-12-09T09:09:44.336822+00:00','m131','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(168,'cop/2026-12-08','change 4','hopeful','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.356822+00:00',1,0,'one','2026-12-09T09:09:44.356822+00:00','2026-12-09T09:09:44.356822+00:00','m132','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(169,'cop/2026-12-08','change 4','late','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.376822+00:00',1,0,'one','2026-12-09T09:09:44.376822+00:00','2026-12-09T09:09:44.376822+00:00','m133','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(170,'cop/2026-12-08','change 3','late-reminder','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.396822+00:00',1,0,'one','2026-12-09T09:09:44.396822+00:00','2026-12-09T09:09:44.396822+00:00','m134','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(171,'cop/2026-12-08','change 4','later-late','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.416822+00:00',1,0,'one','2026-12-09T09:09:44.416822+00:00','2026-12-09T09:09:44.416822+00:00','m135','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(172,'cop/2026-12-08','change 4','mended','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.436822+00:00',1,0,'one','2026-12-09T09:09:44.436822+00:00','2026-12-09T09:09:44.436822+00:00','m136','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(173,'cop/2026-12-08','change 4','mover','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.456822+00:00',1,0,'one','2026-12-09T09:09:44.456822+00:00','2026-12-09T09:09:44.456822+00:00','m137','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(174,'cop/2026-12-08','change 3','pauser','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.476822+00:00',1,0,'one','2026-12-09T09:09:44.476822+00:00','2026-12-09T09:09:44.476822+00:00','m138','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(175,'cop/2026-12-08','change 3','refused','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.496822+00:00',1,0,'one','2026-12-09T09:09:44.496822+00:00','2026-12-09T09:09:44.496822+00:00','m139','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(176,'cop/2026-12-08','change 4','refused-change','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.516822+00:00',1,0,'one','2026-12-09T09:09:44.516822+00:00','2026-12-09T09:09:44.516822+00:00','m140','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(177,'cop/2026-12-08','change 4','resting','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.536822+00:00',1,0,'one','2026-12-09T09:09:44.536822+00:00','2026-12-09T09:09:44.536822+00:00','m141','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(178,'cop/2026-12-08','change 4','setup-change','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.556822+00:00',1,0,'one','2026-12-09T09:09:44.556822+00:00','2026-12-09T09:09:44.556822+00:00','m142','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(179,'cop/2026-12-08','change 3','tired','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.576822+00:00',1,0,'one','2026-12-09T09:09:44.576822+00:00','2026-12-09T09:09:44.576822+00:00','m143','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(180,'cop/2026-12-08','change 4','wavering','sent','2026-12-09T09:01:00+00:00','2026-12-09T09:09:44.596822+00:00',1,0,'one','2026-12-09T09:09:44.596822+00:00','2026-12-09T09:09:44.596822+00:00','m144','2026-12-18T08:00:00+00:00',NULL,'',5);
INSERT INTO "outbox" VALUES(181,'werk/2026-12-16','10070m','x-broke','planned','2026-12-09T09:10:00+00:00','2026-12-09T09:12:00+00:00',1,1,'12345','2026-12-09T09:10:00+00:00',NULL,NULL,'2026-12-16T09:00:00+00:00','broke: ValueError','',0);
INSERT INTO "outbox" VALUES(182,'werk/2026-12-16','10070m','x-cut','planned','2026-12-09T09:10:00+00:00','2026-12-09T09:12:00+00:00',1,1,'777','2026-12-09T09:10:00+00:00',NULL,NULL,NULL,'cut off','',0);
INSERT INTO "outbox" VALUES(183,'werk/2026-12-16','10070m','x-planned','planned','2026-12-09T09:10:00+00:00','2026-12-09T09:11:00+00:00',0,0,NULL,NULL,NULL,NULL,NULL,NULL,'',0);
INSERT INTO "outbox" VALUES(184,'werk/2026-12-16','10070m','x-sending','sending','2026-12-09T09:10:00+00:00','2026-12-09T09:10:00+00:00',1,0,'12345','2026-12-09T09:10:00+00:00',NULL,NULL,'2026-12-16T09:00:00+00:00',NULL,'',0);
INSERT INTO "outbox" VALUES(185,'werk/2026-12-16','10070m','x-setup','planned','2026-12-09T09:10:00+00:00','2026-12-09T09:12:00+00:00',0,0,'12345','2026-12-09T09:10:00+00:00',NULL,NULL,NULL,'no token: invalid_client','',0);
CREATE TABLE "processes" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "calendar" TEXT NOT NULL,
   "adopted" TEXT NOT NULL
) STRICT;
INSERT INTO "processes" VALUES('239194428','0000000000000000000000000000000000000000000000000000000000000000','2026-12-09T09:10:00+00:00');
CREATE TABLE "subscriptions" (
   "conversation" TEXT PRIMARY KEY NOT NULL,
   "active" INTEGER NOT NULL,
   "since" TEXT NOT NULL,
   "paused_until" TEXT,
   "ended_because" TEXT
) STRICT;
INSERT INTO "subscriptions" VALUES('anna',1,'2026-11-25T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('late',1,'2026-11-25T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('later-late',1,'2026-11-25T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('hopeful',1,'2026-11-25T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('wavering',1,'2026-11-25T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('bram',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('carla',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('english',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('resting',1,'2026-11-28T11:00:00+00:00','2027-01-31T23:00:00+00:00',NULL);
INSERT INTO "subscriptions" VALUES('editing',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('mended',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('refused-change',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('blocked-change',0,'2026-11-28T11:00:00+00:00',NULL,'blocked');
INSERT INTO "subscriptions" VALUES('doubtful-change',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('chooser',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('quitter',0,'2026-11-28T11:00:00+00:00',NULL,'stop');
INSERT INTO "subscriptions" VALUES('pauser',1,'2026-11-28T11:00:00+00:00','2026-12-03T09:00:00+00:00',NULL);
INSERT INTO "subscriptions" VALUES('stop-on-send',0,'2026-11-28T11:00:00+00:00',NULL,'stop');
INSERT INTO "subscriptions" VALUES('blocked',0,'2026-11-28T11:00:00+00:00',NULL,'blocked');
INSERT INTO "subscriptions" VALUES('removed',0,'2026-11-28T11:00:00+00:00',NULL,'removed');
INSERT INTO "subscriptions" VALUES('disabled',0,'2026-11-28T11:00:00+00:00',NULL,'disabled');
INSERT INTO "subscriptions" VALUES('deleted',0,'2026-11-28T11:00:00+00:00',NULL,'deleted');
INSERT INTO "subscriptions" VALUES('refused',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('gone',0,'2026-11-28T11:00:00+00:00',NULL,'uninstalled');
INSERT INTO "subscriptions" VALUES('tired',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('damaged',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('late-reminder',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('setup-change',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('mover',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('19:x@thread.tacv2',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('19:g@unq.gbl.spaces',1,'2026-11-28T11:00:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-later',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-setup',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-notfound',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-doubt',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-broke',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-cut',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-sending',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('w-mine',1,'2026-12-08T12:00:22.328918+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('x-planned',1,'2026-12-09T09:05:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('x-sending',1,'2026-12-09T09:05:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('x-cut',1,'2026-12-09T09:05:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('x-setup',1,'2026-12-09T09:05:00+00:00',NULL,NULL);
INSERT INTO "subscriptions" VALUES('x-broke',1,'2026-12-09T09:05:00+00:00',NULL,NULL);
CREATE TABLE "unanswered" (
   "id" INTEGER PRIMARY KEY,
   "question" TEXT NOT NULL,
   "day" TEXT NOT NULL
) STRICT;
INSERT INTO "unanswered" VALUES(1,'Wat eet een ijsbeer?','2026-11-28');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_conversations_member"
    ON "conversations" ("member");
CREATE INDEX "idx_unanswered_day"
    ON "unanswered" ("day");
CREATE UNIQUE INDEX "idx_outbox_occurrence_lead_conversation"
    ON "outbox" ("occurrence", "lead", "conversation");
CREATE INDEX "idx_outbox_state_next_try"
    ON "outbox" ("state", "next_try");
CREATE INDEX "idx_conversations_team"
    ON "conversations" ("team");
CREATE INDEX "idx_outbox_conversation_occurrence"
    ON "outbox" ("conversation", "occurrence");
CREATE INDEX "idx_outbox_occurrence_told"
    ON "outbox" ("occurrence", "told");
CREATE INDEX idx_outbox_edits on outbox (next_try) where edits > 0;
COMMIT;
