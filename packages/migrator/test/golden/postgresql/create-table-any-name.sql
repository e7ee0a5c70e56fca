CREATE TABLE "Order ""of"" größe" (
    "select" SERIAL NOT NULL,
    "a ""b"" c" VARCHAR,
    "ünïcode" VARCHAR,
    CONSTRAINT "Order ""of"" größe_pkey" PRIMARY KEY ("select"),
    CONSTRAINT "Order ""of"" größe_a ""b"" c_key" UNIQUE ("a ""b"" c"),
    CONSTRAINT "Order ""of"" größe_a ""b"" c_check" CHECK ("a ""b"" c" <> '')
);
CREATE INDEX "an ""index""" ON "Order ""of"" größe" ("ünïcode", "select");
