UPDATE "events" SET "note" = '' WHERE "note" IS NULL;
ALTER TABLE "events" ALTER COLUMN "note" SET NOT NULL;
