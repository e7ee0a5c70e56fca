CREATE UNIQUE INDEX "idx_builds_pair" ON "builds" ("event_id", "size");
