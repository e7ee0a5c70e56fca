LOCK TABLE "feelings" IN ACCESS EXCLUSIVE MODE;
-- must be true, else: Column "price" of "feelings" holds values that NUMERIC(10, 2) would cut or round.
SELECT NOT EXISTS (SELECT FROM "feelings" WHERE "price"::NUMERIC(10, 2)::NUMERIC(10, 4) IS DISTINCT FROM "price");
ALTER TABLE "feelings" ALTER COLUMN "price" TYPE NUMERIC(10, 2);
LOCK TABLE "feelings" IN ACCESS EXCLUSIVE MODE;
-- must be true, else: Column "ratio" of "feelings" holds values that INTEGER would cut or round.
SELECT NOT EXISTS (SELECT FROM "feelings" WHERE "ratio"::INTEGER::DOUBLE PRECISION IS DISTINCT FROM "ratio");
ALTER TABLE "feelings" ALTER COLUMN "ratio" TYPE INTEGER;
