import { readFileSync } from 'node:fs';
import { MikroORM } from '@mikro-orm/sql';
import { resolveDatabaseOptions } from '../../../models/src/index.ts';
import { compare } from '../../src/autogenerate/compare.ts';
import { entitySchema } from '../../src/mikro-orm/entity-schema.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { nodeOf } from '../../src/revision/revision-map.ts';
import { record } from '../../src/script/record.ts';
import { readHistory } from '../../src/script/script-directory.ts';
import { engines } from './engine.ts';

const models = new URL('../../../models/', import.meta.url);
const urls = { sqlite: 'sqlite://', postgresql: 'postgresql://nobody@/nowhere' };

const schemaOf = async (dialect: keyof typeof urls) =>
  await entitySchema(new MikroORM(await resolveDatabaseOptions(urls[dialect], { env: {} })) as never);

async function freshmakerHistory(): Promise<Operation[]> {
  const map = await readHistory({ directory: new URL('migrations', models).pathname });
  const operations: Operation[] = [];
  for (const id of map.order) {
    operations.push(...(await record(nodeOf(map, id).revision, 'upgrade')));
  }
  return operations;
}

test('the entities give one schema, whichever database the ORM is for', async () => {
  expect(await schemaOf('sqlite')).toEqual(await schemaOf('postgresql'));
});

describe.each(engines)('a database at head made by the Python service, on $name', ({ dialect, lend }) => {
  const dump = readFileSync(new URL(`test/oracle/databases/${dialect.name}-at-head.sql`, models), 'utf8');

  test.each(['with', 'without'])('has no difference from the entities, %s the history', async (history) => {
    const live = await lend(async (database) => {
      await database.byHand(dump, ...(dialect.name === 'postgresql' ? ['SET search_path TO public'] : []));
      return database.inspect();
    });
    const given = history === 'with' ? { history: await freshmakerHistory() } : {};
    const found = compare({ live, models: await schemaOf(dialect.name), dialect, ...given });
    expect(found.operations).toEqual([]);
    expect(found.ambiguities).toEqual([]);
  });
});
