ALTER TABLE "a" ALTER COLUMN "next_value" SET GENERATED ALWAYS;
DO $do$
<<counter>>
DECLARE
    sequence text;
    next_value bigint := 1;
    number integer := 0;
BEGIN
    sequence := pg_get_serial_sequence('"a"', 'next_value');
    EXECUTE 'SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM ' || counter.sequence INTO next_value;
    ALTER TABLE "a" ALTER COLUMN "next_value" DROP IDENTITY;
    SELECT GREATEST(counter.next_value, max(counted."next_value")::bigint + 1) INTO next_value FROM "a" AS counted;
    sequence := 'a_next_value_seq';
    WHILE to_regclass(quote_ident(counter.sequence)) IS NOT NULL LOOP
        number := counter.number + 1;
        sequence := 'a_next_value_seq' || counter.number;
    END LOOP;
    sequence := quote_ident(counter.sequence);
    EXECUTE 'CREATE SEQUENCE ' || counter.sequence || ' AS INTEGER OWNED BY "a"."next_value"';
    EXECUTE 'ALTER TABLE "a" ALTER COLUMN "next_value" SET DEFAULT nextval(' || quote_literal(counter.sequence) || '::regclass)';
    PERFORM setval(pg_get_serial_sequence('"a"', 'next_value')::regclass, counter.next_value, false);
END
$do$;
