ALTER TABLE "events" RENAME TO "happenings";
