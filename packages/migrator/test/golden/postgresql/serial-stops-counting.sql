DO $do$
<<counter>>
DECLARE
    sequence text;
    next_value bigint := 1;
BEGIN
    sequence := pg_get_serial_sequence('"feelings"', 'id');
    ALTER TABLE "feelings" ALTER COLUMN "id" DROP DEFAULT;
    EXECUTE 'DROP SEQUENCE ' || counter.sequence;
END
$do$;
