CREATE INDEX "idx_a" ON "a" ("s", "i" DESC, (upper(s)) COLLATE "POSIX");
CREATE INDEX "idx_j" ON "a" USING "gin" ("j");
