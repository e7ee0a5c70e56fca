DROP TABLE "builds";
