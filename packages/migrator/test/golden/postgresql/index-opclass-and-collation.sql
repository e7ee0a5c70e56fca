ALTER TABLE "others" ADD COLUMN "data" JSONB;
ALTER TABLE "others" ADD COLUMN "name" VARCHAR COLLATE "C";
COMMENT ON COLUMN "others"."name" IS 'Sorted by bytes';
CREATE INDEX "idx_others_data" ON "others" USING "gin" ("data" jsonb_path_ops);
CREATE INDEX "idx_others_name" ON "others" ("name" COLLATE "POSIX" text_pattern_ops, (coalesce(name, '')) DESC);
ALTER TABLE "others" ALTER COLUMN "name" TYPE VARCHAR;
COMMENT ON COLUMN "others"."name" IS NULL;
