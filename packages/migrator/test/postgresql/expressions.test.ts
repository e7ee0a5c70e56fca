import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { normalizeExpression } from '../../src/dialects/postgresql/normalize-expression.ts';
import { emptySchema, findTable } from '../../src/schema/schema.ts';
import { record, run, withDatabase } from './database.ts';

const conditions = [
  'state >= 0',
  'NOT flag AND state > 0 OR state IS NULL',
  'flag OR (NOT flag AND state = 1)',
  "name <> ''",
  "name IN ('a', 'b')",
  "note NOT IN ('a', 'b')",
  'state IN (1, 2, 3)',
  'state IN (1)',
  'state BETWEEN 1 AND 5 AND flag',
  'state NOT BETWEEN 1 AND 5',
  "name LIKE 'a%' AND note NOT LIKE '%b'",
  "note ILIKE 'a_'",
  "name LIKE 'a!%' ESCAPE '!'",
  'state IS NOT NULL',
  'state IS DISTINCT FROM size',
  'state IS NOT DISTINCT FROM 1',
  'state + size * 2 - 1 > -1',
  '(state + size) * 2 % 3 = 1',
  'price > 0 AND price < 1000.50',
  'price >= state',
  'ratio <= 0.5',
  'lower(name) = name',
  "coalesce(name, note, '') <> ''",
  'length(trim(name)) > 0',
  'char_length(note) <= 10',
  "position('a' in name) > 0",
  "substring(note from 1 for 2) = 'ab'",
  'extract(year from created) > 2000',
  "created > '2020-01-01'",
  "created > timestamp '2020-01-01 10:00:00'",
  "day >= DATE '2020-01-01'",
  "created + interval '1 day' < now()",
  "created AT TIME ZONE 'utc' < CURRENT_TIMESTAMP",
  'CASE WHEN flag THEN state > 1 ELSE size > 1 END',
  'CASE state WHEN 1 THEN true WHEN 2 THEN flag END',
  'CAST(price AS integer) > 1',
  'price::integer = state',
  '"Größe" > 0 AND "order" < 5',
  "data ->> 'a' = 'b'",
  "data @> '{}' AND data ? 'a'",
  "name ~ '^[a-z]+$' AND name !~* 'X'",
  'tags[1] = 2 AND 3 = ANY (tags)',
  'name COLLATE "C" < note',
  "name || '-' || note <> 'a-b'",
  'flag IS TRUE AND flag IS NOT FALSE',
  'flag = true',
  "mood = 'happy' OR mood IN ('happy', 'sad')",
  'greatest(state, size) > least(state, 3)',
  "nullif(name, '') IS NOT NULL",
  '(state, size) <> (1, 2)',
  '-state < +size',
  'state & 1 = 0 AND state # 2 <> 3',
  '2 ^ state > 1',
  "id = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
  "starts_with(name, 'a')",
  "jsonb_typeof(data) = 'object'",
  'state::bigint * 2 > 3',
];

describe.each(postgresqlServers())('$name', (server) => {
  test('expressions come back in a form that counts as the same', async () => {
    await withDatabase(server, async (session) => {
      const start = await run(
        session,
        record((op) => {
          const { t, column } = op;
          op.createTable('a', [
            column('id', t.uuid()),
            column('state', t.integer()),
            column('size', t.integer()),
            column('flag', t.boolean()),
            column('name', t.string(20)),
            column('note', t.text()),
            column('price', t.numeric(10, 2)),
            column('ratio', t.double()),
            column('created', t.dateTime()),
            column('day', t.date()),
            column('data', t.json()),
            column('mood', t.enum('mood', ['happy', 'sad'])),
            column('tags', t.raw({ sqlite: 'TEXT', postgresql: 'integer[]' })),
            column('Größe', t.integer()),
            column('order', t.integer()),
          ]);
        }),
        emptySchema,
      );
      await run(
        session,
        record((op) => {
          for (const [at, condition] of conditions.entries())
            op.createCheckConstraint(`ck_${at}`, 'a', condition);
        }),
        start,
      );
      const checks = findTable(await postgresqlDialect.inspect(session), 'a')?.checks ?? [];
      const reported = new Map(checks.map((each) => [each.name, each.expression]));
      const found = conditions.map((_, at) => normalizeExpression(reported.get(`ck_${at}`) ?? 'missing'));
      expect(found).toEqual(conditions.map(normalizeExpression));
    });
  });
});
