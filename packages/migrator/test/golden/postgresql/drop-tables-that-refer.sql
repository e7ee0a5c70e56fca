DROP TABLE "builds";
DROP TABLE "events";
