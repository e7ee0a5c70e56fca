ALTER TABLE "builds" DROP COLUMN "event_id";
