ALTER TABLE "events" ADD COLUMN "released" BOOLEAN;
