LOCK TABLE "feelings" IN ACCESS EXCLUSIVE MODE;
-- must be true, else: NUMERIC(10, 2) would cut or round {rows} value(s) of column "price" of "feelings", such as {example}. Correct them first, say how with `using`, or allow it with `allowDataLoss: true`.
SELECT count(*) = 0, count(*) AS rows, min("price"::text) AS example FROM "feelings" WHERE "price"::NUMERIC(10, 2)::NUMERIC(10, 4) IS DISTINCT FROM "price";
ALTER TABLE "feelings" ALTER COLUMN "price" TYPE NUMERIC(10, 2);
LOCK TABLE "feelings" IN ACCESS EXCLUSIVE MODE;
-- must be true, else: INTEGER would cut or round {rows} value(s) of column "ratio" of "feelings", such as {example}. Correct them first, say how with `using`, or allow it with `allowDataLoss: true`.
SELECT count(*) = 0, count(*) AS rows, min("ratio"::text) AS example FROM "feelings" WHERE "ratio"::INTEGER::DOUBLE PRECISION IS DISTINCT FROM "ratio";
ALTER TABLE "feelings" ALTER COLUMN "ratio" TYPE INTEGER;
