ALTER TABLE "events" RENAME TO "Events";
