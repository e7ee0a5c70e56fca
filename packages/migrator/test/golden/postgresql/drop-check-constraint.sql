ALTER TABLE "builds" DROP CONSTRAINT "ck_builds_size";
