CREATE INDEX "idx_builds_hash" ON "builds" USING "hash" ("size");
