-- with foreign keys off

-- must be true:
SELECT count(*) = 0, min(m.name) AS other FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' AND k."table" = 'builds' COLLATE NOCASE AND m.name NOT IN ('builds');

DROP TABLE "builds";
