-- must be true:
SELECT count(*) = 0, count(*) AS rows FROM "events";

ALTER TABLE "events" ADD COLUMN "kind" VARCHAR(10) NOT NULL;
