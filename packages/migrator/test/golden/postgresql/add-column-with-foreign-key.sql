ALTER TABLE "events" ADD COLUMN "build_id" INTEGER;
ALTER TABLE "events" ADD CONSTRAINT "fk_events_build" FOREIGN KEY ("build_id") REFERENCES "builds" ("id") ON DELETE SET NULL;
CREATE INDEX "idx_events_build_id" ON "events" ("build_id");
