CREATE TYPE "mood" AS ENUM ('happy', 'sad');
ALTER TABLE "events" ADD COLUMN "mood" "mood";
