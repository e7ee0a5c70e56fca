#!/bin/sh
# Freshmaker's work flow for a change of its database, from the model to the applied revision and back.
# Everything happens in the folder work/, which is removed in the end. README.md tells the same as a story.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$here/work
rm -rf "$work"
mkdir "$work"
cd "$work"

freshmaker() { node "$here/../../packages/cli/bin/run.js" "$@"; }
run() { node --conditions=@freshmaker/source "$here/$1" "sqlite:///$work/freshmaker.db"; }
# Changes a file in place, as an editor would.
change() { sed "$2" "$1" >"$1.new" && mv "$1.new" "$1"; }
only() { ls migrations/versions/*"$1"*; }

echo '1. A SQLite file, Freshmaker'\''s history, the models'
cp -R "$here/../../packages/models/migrations" migrations
cp "$here/models.ts" models.ts
cat >freshmaker.config.json <<'JSON'
{ "databaseUrl": "sqlite:///freshmaker.db", "directory": "migrations", "mikroOrm": "models.ts" }
JSON
freshmaker db upgrade --quiet
freshmaker db current

echo '2. A model changes, and a revision is written'
cp "$here/changed-models.ts" models.ts
freshmaker db migrate -m 'Notes'
freshmaker db check --scripts

echo '3. The file gets another name, the docstring better words'
mv "$(only notes)" migrations/versions/add_notes.ts
change migrations/versions/add_notes.ts 's/^ \* Notes$/ * Add notes to events/'
freshmaker db upgrade
freshmaker db show

echo '4. A data migration, with the tables it needs as they are at that moment'
freshmaker db revision -m 'Note why events failed' --with-tables events,notes
script=$(only note_why)
change "$script" 's|async (_db) => {}|async (db) => {\
    await db\
      .insertInto("notes")\
      .columns(["event_id", "text"])\
      .expression(db.selectFrom("events").select((row) => ["id", row.val("failed").as("text")]).where("state", "=", 3))\
      .execute();\
  }|'
change "$script" 's|^    id: number;$|    id: Generated<number>;|'
change "$script" 's|type Operations|type Generated, type Operations|'
change "$script" 's|^export function downgrade(_op: Operations): void {}$|export function downgrade(op: Operations): void {\
  op.execute("DELETE FROM notes");\
}|'

echo '5. Dummy rows, then up and down again'
run fill.ts
freshmaker db upgrade
run notes.ts
freshmaker db check
freshmaker db downgrade fcba8824bf8d
freshmaker db history -i -r -2:

echo '6. Clean up'
cd "$here"
rm -r "$work"
