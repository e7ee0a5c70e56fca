CREATE INDEX "idx_builds_event_id" ON "builds" ("event_id");
