-- with foreign keys off

-- must be true:
SELECT foreign_keys = 0 FROM pragma_foreign_keys;

-- must be true:
SELECT count(*) = 0, group_concat(name, ', ') AS names FROM sqlite_schema WHERE tbl_name = 'feelings' COLLATE NOCASE AND (type = 'index' AND sql IS NOT NULL AND name NOT IN () OR type = 'trigger' AND sql NOT IN ());

CREATE TABLE "_new_feelings" (
  "id" INTEGER NOT NULL,
  "mood" VARCHAR(5),
  PRIMARY KEY ("id"),
  CHECK ("mood" IN ('happy', 'sad', 'angry'))
);

INSERT INTO "_new_feelings" ("id", "mood") SELECT "id", "mood" FROM "feelings" ORDER BY "id";

-- must be true:
SELECT (SELECT count(*) FROM "feelings") = (SELECT count(*) FROM "_new_feelings");

DROP TABLE "feelings";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "_new_feelings" RENAME TO "feelings";

PRAGMA legacy_alter_table = OFF;
