ALTER TABLE "builds" DROP CONSTRAINT "builds_dep_on_id_fkey";
