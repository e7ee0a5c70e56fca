CREATE TABLE "hens" (
    "id" SERIAL NOT NULL,
    "egg_id" INTEGER,
    CONSTRAINT "hens_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "eggs" (
    "id" SERIAL NOT NULL,
    "hen_id" INTEGER,
    CONSTRAINT "eggs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "eggs_hen_id_fkey" FOREIGN KEY ("hen_id") REFERENCES "hens" ("id")
);
ALTER TABLE "hens" ADD CONSTRAINT "fk_hens_egg" FOREIGN KEY ("egg_id") REFERENCES "eggs" ("id");
