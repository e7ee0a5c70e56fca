ALTER TABLE "keyed" DROP CONSTRAINT "pk_keyed";
