ALTER TABLE "builds" RENAME COLUMN "size" TO "order";
