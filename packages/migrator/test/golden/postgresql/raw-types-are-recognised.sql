CREATE TABLE "a" (
    "b" VARCHAR(10),
    "c" TIMESTAMP WITH TIME ZONE,
    "d" timestamp(3) with time zone,
    "e" numeric(8,2)[],
    "f" character(1),
    "g" interval DEFAULT '1 day'
);
