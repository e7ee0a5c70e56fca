-- with foreign keys off

ALTER TABLE "builds" RENAME COLUMN "size" TO "bytes";

CREATE TABLE "owners" (
  "id" INTEGER NOT NULL,
  PRIMARY KEY ("id")
);

-- must be true:
SELECT foreign_keys = 0 FROM pragma_foreign_keys;

-- must be true:
SELECT count(*) = 0, group_concat(name, ', ') AS names FROM sqlite_schema WHERE tbl_name = 'builds' COLLATE NOCASE AND (type = 'index' AND sql IS NOT NULL AND name NOT IN () OR type = 'trigger' AND sql NOT IN ());

CREATE TABLE "_new_builds" (
  "id" INTEGER NOT NULL,
  "name" VARCHAR NOT NULL,
  "bytes" INTEGER,
  "dep_on_id" INTEGER,
  "owner_id" INTEGER,
  PRIMARY KEY ("id"),
  UNIQUE ("name"),
  FOREIGN KEY ("dep_on_id") REFERENCES "builds" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_builds_owner" FOREIGN KEY ("owner_id") REFERENCES "owners" ("id")
);

INSERT INTO "_new_builds" ("id", "name", "bytes", "dep_on_id") SELECT "id", "name", CAST(bytes AS INTEGER), "dep_on_id" FROM "builds" ORDER BY "id";

-- must be true:
SELECT (SELECT count(*) FROM "builds") = (SELECT count(*) FROM "_new_builds");

-- must be true:
SELECT count(*) = 0, count(*) AS rows, min(quote("bytes")) AS example FROM "_new_builds" WHERE NOT ("bytes" IS NULL OR (typeof("bytes") = 'integer' AND "bytes" BETWEEN -2147483648 AND 2147483647));

DROP TABLE "builds";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "_new_builds" RENAME TO "builds";

PRAGMA legacy_alter_table = OFF;

CREATE INDEX "idx_builds_owner_id" ON "builds" ("owner_id");
