ALTER TABLE "events" DROP COLUMN "message_id";
