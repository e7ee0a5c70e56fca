ALTER TABLE "builds" DROP CONSTRAINT "fk_builds_event";
