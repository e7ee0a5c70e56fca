COMMENT ON TABLE "events" IS 'what has happened, and where it''s at';
ALTER TABLE "events" RENAME TO "happenings";
