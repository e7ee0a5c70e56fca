CREATE TABLE "links" (
  "left_id" INTEGER NOT NULL,
  "right_id" INTEGER NOT NULL,
  "other_left" INTEGER,
  "other_right" INTEGER,
  "weight" INTEGER,
  "double_weight" INTEGER GENERATED ALWAYS AS (weight * 2) STORED,
  CONSTRAINT "pk_links" PRIMARY KEY ("left_id", "right_id"),
  CONSTRAINT "uq_links_other" UNIQUE ("other_left", "other_right"),
  CHECK (weight > 0),
  CONSTRAINT "ck_links_differ" CHECK (left_id <> right_id),
  CONSTRAINT "fk_links_other" FOREIGN KEY ("other_left", "other_right") REFERENCES "links" ("left_id", "right_id") ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED
);
