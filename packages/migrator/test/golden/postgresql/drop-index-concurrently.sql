-- outside the transaction
DROP INDEX CONCURRENTLY IF EXISTS "idx_feelings_sad";
