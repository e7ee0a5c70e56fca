DROP TABLE "others";
DROP INDEX "idx_feelings_sad";
ALTER TABLE "feelings" DROP CONSTRAINT "ck_feelings_mood";
ALTER TABLE "feelings" ALTER COLUMN "mood" DROP DEFAULT, ALTER COLUMN "mood" TYPE TEXT, ALTER COLUMN "mood" SET DEFAULT 'sad';
DROP TYPE "mood";
