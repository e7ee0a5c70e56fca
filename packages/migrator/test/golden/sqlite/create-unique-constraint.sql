-- with foreign keys off

-- must be true:
SELECT foreign_keys = 0 FROM pragma_foreign_keys;

-- must be true:
SELECT count(*) = 0, group_concat(name, ', ') AS names FROM sqlite_schema WHERE tbl_name = 'builds' COLLATE NOCASE AND (type = 'index' AND sql IS NOT NULL AND name NOT IN () OR type = 'trigger' AND sql NOT IN ());

CREATE TABLE "_new_builds" (
  "id" INTEGER NOT NULL,
  "name" VARCHAR NOT NULL,
  "size" VARCHAR(20),
  "event_id" INTEGER,
  "dep_on_id" INTEGER,
  PRIMARY KEY ("id"),
  UNIQUE ("name"),
  CONSTRAINT "uq_builds_pair" UNIQUE ("event_id", "size"),
  CONSTRAINT "ck_builds_size" CHECK (size IS NOT NULL OR event_id IS NULL),
  CONSTRAINT "fk_builds_event" FOREIGN KEY ("event_id") REFERENCES "events" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("dep_on_id") REFERENCES "builds" ("id") ON DELETE SET NULL
);

INSERT INTO "_new_builds" ("id", "name", "size", "event_id", "dep_on_id") SELECT "id", "name", "size", "event_id", "dep_on_id" FROM "builds" ORDER BY "id";

-- must be true:
SELECT (SELECT count(*) FROM "builds") = (SELECT count(*) FROM "_new_builds");

DROP TABLE "builds";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "_new_builds" RENAME TO "builds";

PRAGMA legacy_alter_table = OFF;
