CREATE INDEX "idx_builds_everything" ON "builds" ("size" DESC, lower(name), "event_id") WHERE event_id IS NOT NULL;
