ALTER TABLE "events" ADD COLUMN "mood" VARCHAR(5) CHECK ("mood" IN ('happy', 'sad'));
