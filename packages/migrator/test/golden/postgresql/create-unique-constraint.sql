ALTER TABLE "builds" ADD CONSTRAINT "uq_builds_pair" UNIQUE ("event_id", "size");
