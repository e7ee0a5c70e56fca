ALTER TABLE "events" ADD CONSTRAINT "fk_events_state" FOREIGN KEY ("state") REFERENCES "builds" ("id") NOT VALID;
-- outside the transaction
ALTER TABLE "events" VALIDATE CONSTRAINT "fk_events_state";
