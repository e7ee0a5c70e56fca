ALTER TABLE "events" ADD COLUMN "weight" INTEGER, ADD CONSTRAINT "events_weight_check" CHECK (weight > 0);
