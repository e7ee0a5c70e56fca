CREATE TABLE "defaults" (
    "id" SERIAL NOT NULL,
    "a_string" VARCHAR DEFAULT '0' NOT NULL,
    "a_quoted_string" VARCHAR DEFAULT 'it''s',
    "an_integer" INTEGER DEFAULT '0',
    "a_negative" REAL DEFAULT '-1.5',
    "a_boolean" BOOLEAN DEFAULT true,
    "a_moment" TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    "an_expression" INTEGER DEFAULT (1 + 1),
    CONSTRAINT "defaults_pkey" PRIMARY KEY ("id")
);
