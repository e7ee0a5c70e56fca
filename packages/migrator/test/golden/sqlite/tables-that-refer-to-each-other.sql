CREATE TABLE "eggs" (
  "id" INTEGER NOT NULL,
  "hen_id" INTEGER,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("hen_id") REFERENCES "hens" ("id")
);

CREATE TABLE "hens" (
  "id" INTEGER NOT NULL,
  "egg_id" INTEGER,
  PRIMARY KEY ("id"),
  CONSTRAINT "fk_hens_egg" FOREIGN KEY ("egg_id") REFERENCES "eggs" ("id")
);
