-- must be true:
SELECT count(*) = 0, count(*) AS groups, min(quote(k0) || ', ' || quote(k1)) AS example FROM (SELECT "event_id" AS k0, "size" AS k1, count(*) AS n FROM "builds" WHERE "event_id" IS NOT NULL AND "size" IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1);

CREATE UNIQUE INDEX "idx_builds_pair" ON "builds" ("event_id", "size");
