ALTER TABLE "a" ALTER COLUMN "next_value" SET GENERATED ALWAYS;
DO $do$
<<counter>>
DECLARE
    sequence text;
    next_value bigint := 1;
BEGIN
    sequence := pg_get_serial_sequence('"a"', 'next_value');
    EXECUTE 'SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM ' || counter.sequence INTO next_value;
    ALTER TABLE "a" ALTER COLUMN "next_value" DROP IDENTITY;
    SELECT GREATEST(counter.next_value, max(counted."next_value")::bigint + 1) INTO next_value FROM "a" AS counted;
    CREATE SEQUENCE "a_next_value_seq" AS INTEGER OWNED BY "a"."next_value";
    ALTER TABLE "a" ALTER COLUMN "next_value" SET DEFAULT nextval('"a_next_value_seq"'::regclass);
    PERFORM setval(pg_get_serial_sequence('"a"', 'next_value')::regclass, counter.next_value, false);
END
$do$;
