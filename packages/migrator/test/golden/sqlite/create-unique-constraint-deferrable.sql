-- with foreign keys off

-- must be true:
SELECT foreign_keys = 0 FROM pragma_foreign_keys;

-- must be true:
SELECT count(*) = 0, group_concat(name, ', ') AS names FROM sqlite_schema WHERE tbl_name = 'events' COLLATE NOCASE AND (type = 'index' AND sql IS NOT NULL AND name NOT IN ('idx_events_message_id') OR type = 'trigger' AND sql NOT IN ());

CREATE TABLE "_new_events" (
  "id" INTEGER NOT NULL,
  "message_id" VARCHAR(200) NOT NULL,
  "state" INTEGER DEFAULT '0' NOT NULL,
  "note" TEXT,
  PRIMARY KEY ("id"),
  CONSTRAINT "uq_events" UNIQUE ("message_id")
);

INSERT INTO "_new_events" ("id", "message_id", "state", "note") SELECT "id", "message_id", "state", "note" FROM "events" ORDER BY "id";

-- must be true:
SELECT (SELECT count(*) FROM "events") = (SELECT count(*) FROM "_new_events");

DROP TABLE "events";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "_new_events" RENAME TO "events";

PRAGMA legacy_alter_table = OFF;

CREATE UNIQUE INDEX "idx_events_message_id" ON "events" ("message_id");
