CREATE TABLE "Order ""of"" größe" (
  "select" INTEGER NOT NULL,
  "a ""b"" c" VARCHAR,
  "ünïcode" VARCHAR,
  PRIMARY KEY ("select"),
  UNIQUE ("a ""b"" c"),
  CHECK ("a ""b"" c" <> '')
);

CREATE INDEX "an ""index""" ON "Order ""of"" größe" ("ünïcode", "select");
