import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { compare } from '../../src/autogenerate/compare.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { renderScript } from '../../src/autogenerate/render-script.ts';
import { dialectOf } from '../../src/dialects/dialect-of.ts';
import { entitySchema } from '../../src/mikro-orm/entity-schema.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { record } from '../../src/script/record.ts';
import { replay } from '../../src/script/replay.ts';
import { readRevision } from '../../src/script/script-directory.ts';
import { arbitrarySchema } from './arbitrary-schema.ts';
import { ormFor } from './orm.ts';
import { zoo } from './zoo.ts';

const folder = mkdtempSync(join(tmpdir(), 'freshmaker-render-'));
afterAll(() => rmSync(folder, { recursive: true }));

const head = {
  revision: '0123456789ab',
  downRevisions: ['ba9876543210'],
  message: 'Change everything',
  createDate: '2024-02-29 10:11:12.131415',
};

/** The operations that lead from one schema to another and back, on a database that is not there. */
function between(first: Schema, second: Schema, name: 'sqlite' | 'postgresql') {
  const dialect = dialectOf(name);
  const creation = compare({ live: emptySchema, models: first, dialect }).operations;
  const live = replay(creation, dialect);
  const comparison = compare({ live, models: second, dialect, history: creation });
  return { upgrade: comparison.operations, downgrade: downgradeOf(comparison) };
}

/** What a script says after it was written to a file and loaded from there. */
async function reread(text: string) {
  const path = join(folder, `${crypto.randomUUID()}.ts`);
  writeFileSync(path, text);
  const script = { revision: head.revision, path };
  return {
    revision: await readRevision(path),
    upgrade: await record(script, 'upgrade'),
    downgrade: await record(script, 'downgrade'),
  };
}

const formatted = (text: string): string =>
  execFileSync('npx', ['--no', 'biome', 'format', '--stdin-file-path=packages/models/script.ts'], {
    input: text,
    cwd: new URL('../../../../', import.meta.url),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });

describe.each(['sqlite', 'postgresql'] as const)('scripts made on %s', (name) => {
  test('say the same when they are loaded as what they were written from', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySchema, arbitrarySchema, async (first, second) => {
        const operations = between(first, second, name);
        const again = await reread(renderScript({ ...head, ...operations }));
        expect(again.upgrade).toEqual(operations.upgrade);
        expect(again.downgrade).toEqual(operations.downgrade);
      }),
      { numRuns: 60, includeErrorInReport: true },
    );
  });

  test('hold the whole zoo, and its end', async () => {
    const models = await entitySchema(ormFor(name, zoo));
    for (const operations of [between(emptySchema, models, name), between(models, emptySchema, name)]) {
      const again = await reread(renderScript({ ...head, ...operations }));
      expect(again.upgrade).toEqual(operations.upgrade);
      expect(again.downgrade).toEqual(operations.downgrade);
    }
  });
});

test('scripts are formatted as Biome formats them', async () => {
  const models = await entitySchema(ormFor('postgresql', zoo));
  const samples = fc.sample(fc.tuple(arbitrarySchema, arbitrarySchema), { numRuns: 25, seed: 1 });
  const pairs = [[emptySchema, models] as const, [models, emptySchema] as const, ...samples];
  const operations = pairs.flatMap(([first, second]): Operation[] => {
    const { upgrade, downgrade } = between(first, second, 'postgresql');
    return [...upgrade, ...downgrade];
  });
  const text = renderScript({ ...head, upgrade: operations, downgrade: [] });
  expect(formatted(text)).toBe(text);
});

test('two runs write the same bytes', async () => {
  const models = await entitySchema(ormFor('sqlite', zoo));
  const write = () => renderScript({ ...head, ...between(emptySchema, models, 'sqlite') });
  expect(write()).toBe(write());
});
