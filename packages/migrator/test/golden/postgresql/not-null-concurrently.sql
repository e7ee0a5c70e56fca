-- outside the transaction
ALTER TABLE "feelings" DROP CONSTRAINT IF EXISTS "price_is_not_null", ADD CONSTRAINT "price_is_not_null" CHECK ("price" IS NOT NULL) NOT VALID;
-- outside the transaction
UPDATE "feelings" SET "price" = '0' WHERE "price" IS NULL;
-- outside the transaction
ALTER TABLE "feelings" VALIDATE CONSTRAINT "price_is_not_null";
ALTER TABLE "feelings" ALTER COLUMN "price" SET NOT NULL;
ALTER TABLE "feelings" DROP CONSTRAINT "price_is_not_null";
