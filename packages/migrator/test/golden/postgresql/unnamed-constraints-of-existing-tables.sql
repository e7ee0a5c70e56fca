ALTER TABLE "others" ADD CONSTRAINT "others_pkey" PRIMARY KEY ("number");
ALTER TABLE "feelings" ADD CONSTRAINT "feelings_price_ratio_key" UNIQUE ("price", "ratio");
ALTER TABLE "feelings" ADD CONSTRAINT "feelings_price_check" CHECK (price > 0);
ALTER TABLE "feelings" ADD CONSTRAINT "feelings_price_check1" CHECK (price < 100);
ALTER TABLE "feelings" ADD CONSTRAINT "feelings_check" CHECK (price < ratio) NOT VALID;
ALTER TABLE "feelings" ADD CONSTRAINT "feelings_id_fkey" FOREIGN KEY ("id") REFERENCES "others" ("number");
-- outside the transaction
ALTER TABLE "feelings" VALIDATE CONSTRAINT "feelings_check";
