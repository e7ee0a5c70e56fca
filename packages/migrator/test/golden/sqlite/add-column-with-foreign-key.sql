ALTER TABLE "events" ADD COLUMN "build_id" INTEGER CONSTRAINT "fk_events_build" REFERENCES "builds" ("id") ON DELETE SET NULL;

CREATE INDEX "idx_events_build_id" ON "events" ("build_id");
