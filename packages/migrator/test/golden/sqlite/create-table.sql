CREATE TABLE "events" (
  "id" INTEGER NOT NULL,
  "message_id" VARCHAR(200) NOT NULL,
  "state" INTEGER DEFAULT '0' NOT NULL,
  "note" TEXT,
  PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "idx_events_message_id" ON "events" ("message_id");

CREATE TABLE "builds" (
  "id" INTEGER NOT NULL,
  "name" VARCHAR NOT NULL,
  "size" VARCHAR(20),
  "event_id" INTEGER,
  "dep_on_id" INTEGER,
  PRIMARY KEY ("id"),
  UNIQUE ("name"),
  CONSTRAINT "ck_builds_size" CHECK (size IS NOT NULL OR event_id IS NULL),
  CONSTRAINT "fk_builds_event" FOREIGN KEY ("event_id") REFERENCES "events" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("dep_on_id") REFERENCES "builds" ("id") ON DELETE SET NULL
);
