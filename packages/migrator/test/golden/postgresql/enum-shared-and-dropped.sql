ALTER TABLE "others" DROP COLUMN "a_mood";
DROP TABLE "feelings";
DROP TYPE "mood";
