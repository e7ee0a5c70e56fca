ALTER TABLE "builds" RENAME COLUMN "size" TO "bytes";
ALTER TABLE "builds" ALTER COLUMN "bytes" TYPE INTEGER USING CAST(bytes AS INTEGER);
CREATE TABLE "owners" (
    "id" SERIAL NOT NULL,
    CONSTRAINT "owners_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "builds" ADD COLUMN "owner_id" INTEGER;
ALTER TABLE "builds" ADD CONSTRAINT "fk_builds_owner" FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
ALTER TABLE "builds" DROP CONSTRAINT "fk_builds_event";
ALTER TABLE "builds" DROP COLUMN "event_id";
CREATE INDEX "idx_builds_owner_id" ON "builds" ("owner_id");
