CREATE INDEX "idx_builds_size" ON "builds" ("size");
