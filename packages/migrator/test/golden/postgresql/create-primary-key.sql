ALTER TABLE "keyless" ADD CONSTRAINT "pk_keyless" PRIMARY KEY ("a", "b");
