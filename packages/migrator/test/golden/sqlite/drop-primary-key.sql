-- with foreign keys off

-- must be true:
SELECT foreign_keys = 0 FROM pragma_foreign_keys;

-- must be true:
SELECT count(*) = 0, group_concat(name, ', ') AS names FROM sqlite_schema WHERE tbl_name = 'keyed' COLLATE NOCASE AND (type = 'index' AND sql IS NOT NULL AND name NOT IN () OR type = 'trigger' AND sql NOT IN ());

CREATE TABLE "_new_keyed" (
  "a" INTEGER NOT NULL,
  "b" VARCHAR(5) NOT NULL
);

INSERT INTO "_new_keyed" (rowid, "a", "b") SELECT rowid, "a", "b" FROM "keyed" ORDER BY rowid;

-- must be true:
SELECT (SELECT count(*) FROM "keyed") = (SELECT count(*) FROM "_new_keyed");

DROP TABLE "keyed";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "_new_keyed" RENAME TO "keyed";

PRAGMA legacy_alter_table = OFF;
