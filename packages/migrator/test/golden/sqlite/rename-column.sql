ALTER TABLE "events" RENAME COLUMN "message_id" TO "msg";
