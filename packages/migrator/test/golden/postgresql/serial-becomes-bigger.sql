ALTER TABLE "feelings" ALTER COLUMN "id" TYPE BIGINT;
DO $do$
BEGIN
    EXECUTE 'ALTER SEQUENCE ' || pg_get_serial_sequence('"feelings"', 'id') || ' AS BIGINT';
END
$do$;
