ALTER TABLE "events" ALTER COLUMN "message_id" TYPE TEXT;
