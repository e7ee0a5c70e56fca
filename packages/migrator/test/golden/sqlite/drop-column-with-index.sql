DROP INDEX "idx_events_message_id";

ALTER TABLE "events" DROP COLUMN "message_id";
