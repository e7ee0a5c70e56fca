-- with foreign keys off

-- must be true:
SELECT foreign_keys = 0 FROM pragma_foreign_keys;

-- must be true:
SELECT count(*) = 0, group_concat(name, ', ') AS names FROM sqlite_schema WHERE tbl_name = 'keyless' COLLATE NOCASE AND (type = 'index' AND sql IS NOT NULL AND name NOT IN () OR type = 'trigger' AND sql NOT IN ());

-- must be true:
SELECT count(*) = 0, count(*) AS rows FROM "keyless" WHERE ("a") IS NULL;

-- must be true:
SELECT count(*) = 0, count(*) AS rows FROM "keyless" WHERE ("b") IS NULL;

CREATE TABLE "_new_keyless" (
  "a" INTEGER NOT NULL,
  "b" VARCHAR(5) NOT NULL,
  CONSTRAINT "pk_keyless" PRIMARY KEY ("a", "b")
);

INSERT INTO "_new_keyless" (rowid, "a", "b") SELECT rowid, "a", "b" FROM "keyless" ORDER BY rowid;

-- must be true:
SELECT (SELECT count(*) FROM "keyless") = (SELECT count(*) FROM "_new_keyless");

DROP TABLE "keyless";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "_new_keyless" RENAME TO "keyless";

PRAGMA legacy_alter_table = OFF;
