COMMENT ON COLUMN "events"."note" IS 'Free text';
