DO $do$
<<counter>>
DECLARE
    sequence text;
    next_value bigint := 1;
BEGIN
    sequence := pg_get_serial_sequence('"events"', 'id');
    EXECUTE 'SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM ' || counter.sequence INTO next_value;
    ALTER TABLE "events" ALTER COLUMN "id" DROP DEFAULT;
    EXECUTE 'DROP SEQUENCE ' || counter.sequence;
    SELECT GREATEST(counter.next_value, max(counted."id")::bigint + 1) INTO next_value FROM "events" AS counted;
    ALTER TABLE "events" ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"events"', 'id')::regclass, counter.next_value, false);
END
$do$;
