CREATE INDEX "idx_builds_everything" ON "builds" ("size" DESC NULLS LAST, (lower(name)), "event_id" NULLS FIRST) INCLUDE ("dep_on_id") WHERE (event_id IS NOT NULL);
