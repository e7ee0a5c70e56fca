ALTER TYPE "mood" RENAME TO "mood__old";
CREATE TYPE "mood" AS ENUM ('sad', 'happy');
ALTER TABLE "feelings" DROP CONSTRAINT "ck_feelings_mood";
DROP INDEX "idx_feelings_sad";
ALTER TABLE "feelings" ALTER COLUMN "mood" DROP DEFAULT, ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood", ALTER COLUMN "mood" SET DEFAULT 'sad';
ALTER TABLE "feelings" ADD CONSTRAINT "ck_feelings_mood" CHECK (mood <> 'happy');
CREATE INDEX "idx_feelings_sad" ON "feelings" ("id") WHERE (mood = 'sad');
ALTER TABLE "others" ALTER COLUMN "a_mood" TYPE "mood" USING "a_mood"::text::"mood", ALTER COLUMN "many" TYPE "mood"[] USING "many"::text[]::"mood"[];
DROP TYPE "mood__old";
