UPDATE "others" SET "number" = '1' WHERE "number" IS NULL;
ALTER TABLE "others" ALTER COLUMN "number" SET NOT NULL;
DO $do$
<<counter>>
DECLARE
    sequence text;
    next_value bigint := 1;
BEGIN
    SELECT GREATEST(counter.next_value, max(counted."number")::bigint + 1) INTO next_value FROM "others" AS counted;
    CREATE SEQUENCE "others_number_seq" AS BIGINT OWNED BY "others"."number";
    ALTER TABLE "others" ALTER COLUMN "number" SET DEFAULT nextval('"others_number_seq"'::regclass);
    PERFORM setval(pg_get_serial_sequence('"others"', 'number')::regclass, counter.next_value, false);
END
$do$;
