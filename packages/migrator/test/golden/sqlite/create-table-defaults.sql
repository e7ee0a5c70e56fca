CREATE TABLE "defaults" (
  "id" INTEGER NOT NULL,
  "a_string" VARCHAR DEFAULT '0' NOT NULL,
  "a_quoted_string" VARCHAR DEFAULT 'it''s',
  "an_integer" INTEGER DEFAULT 0,
  "a_negative" FLOAT DEFAULT -1.5,
  "a_boolean" BOOLEAN DEFAULT 1,
  "a_moment" DATETIME DEFAULT CURRENT_TIMESTAMP,
  "an_expression" INTEGER DEFAULT (1 + 1),
  PRIMARY KEY ("id")
);
