ALTER TABLE "events" ADD CONSTRAINT "ck_events_state" CHECK (state >= 0);
