ALTER TABLE "events" RENAME TO "_new_events";

ALTER TABLE "_new_events" RENAME TO "Events";
