ALTER TABLE "events" ADD COLUMN "slug" VARCHAR(10), ADD CONSTRAINT "events_slug_key" UNIQUE ("slug");
