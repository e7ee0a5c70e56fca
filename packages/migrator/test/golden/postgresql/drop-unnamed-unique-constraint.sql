ALTER TABLE "builds" DROP CONSTRAINT "builds_name_key";
