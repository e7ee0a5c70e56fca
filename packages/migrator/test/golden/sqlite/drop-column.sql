ALTER TABLE "events" DROP COLUMN "note";
