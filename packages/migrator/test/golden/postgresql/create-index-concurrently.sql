-- must be true, else: Index "idx_builds_size" is there already, on another table.
SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = to_regclass('"idx_builds_size"') AND indrelid IS DISTINCT FROM to_regclass('"builds"'));
-- outside the transaction
DROP INDEX CONCURRENTLY IF EXISTS "idx_builds_size";
-- outside the transaction
CREATE INDEX CONCURRENTLY "idx_builds_size" ON "builds" ("size");
