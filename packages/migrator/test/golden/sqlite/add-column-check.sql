ALTER TABLE "events" ADD COLUMN "weight" INTEGER CHECK (weight > 0);
