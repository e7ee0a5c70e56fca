UPDATE "others" SET "number" = '1' WHERE "number" IS NULL;
ALTER TABLE "others" ALTER COLUMN "number" SET NOT NULL;
DO $do$
<<counter>>
DECLARE
    sequence text;
    next_value bigint := 1;
    number integer := 0;
BEGIN
    SELECT GREATEST(counter.next_value, max(counted."number")::bigint + 1) INTO next_value FROM "others" AS counted;
    sequence := 'others_number_seq';
    WHILE to_regclass(quote_ident(counter.sequence)) IS NOT NULL LOOP
        number := counter.number + 1;
        sequence := 'others_number_seq' || counter.number;
    END LOOP;
    sequence := quote_ident(counter.sequence);
    EXECUTE 'CREATE SEQUENCE ' || counter.sequence || ' AS BIGINT OWNED BY "others"."number"';
    EXECUTE 'ALTER TABLE "others" ALTER COLUMN "number" SET DEFAULT nextval(' || quote_literal(counter.sequence) || '::regclass)';
    PERFORM setval(pg_get_serial_sequence('"others"', 'number')::regclass, counter.next_value, false);
END
$do$;
