CREATE INDEX "idx_builds_hash" ON "builds" ("size");
