import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialectOf, downgrade, upgrade } from '../../packages/migrator/src/engine.ts';
import { isOwnTable } from '../../packages/migrator/src/runtime/own-tables.ts';
import { engines } from '../../packages/migrator/test/runtime/place.ts';
import { exampleTables, type OperationExample, operationEntries } from '../reference/operation-examples.ts';
import { reverseOf, textOf } from '../reference/operations.ts';

const examples = Object.entries(operationEntries).flatMap(([name, entry]) =>
  entry.examples.map((example) => ({
    title: `op.${name}${example.title ? `: ${example.title}` : ''}`,
    example,
  })),
);

/** A script with the texts that the reference prints. */
function script(revision: string, parent: string | null, up: string, down: string): string {
  return `import { check, column, foreignKey, primaryKey, sql, t, unique } from '@freshmaker/migrator';
export const revision = ${JSON.stringify(revision)};
export const downRevision = ${JSON.stringify(parent)};
export function upgrade(op) {
${up}
}
export function downgrade(op) {
${down}
}
`;
}

/** Writes a history of two: the tables, and the example with what takes it back. */
function writeScripts(folder: string, example: OperationExample): { readonly directory: string } {
  const directory = join(folder, 'migrations');
  const versions = join(directory, 'versions');
  mkdirSync(versions, { recursive: true });
  const before = `(${exampleTables})(op);\n${example.before ? textOf(example.before) : ''}`;
  writeFileSync(join(versions, 'tables.ts'), script('tables', null, before, ''));
  const text = script('example', 'tables', textOf(example.run), reverseOf(example) ?? '');
  writeFileSync(join(versions, 'example.ts'), text);
  return { directory };
}

describe.each(engines)('on $name', ({ open }) => {
  test.each(examples)('$title runs, and what takes it back', async ({ example }) => {
    await using place = await open();
    const { driver } = place;
    const context = { scripts: writeScripts(place.folder, example), driver };
    const inspect = async () => {
      const schema = await driver.withSession((session) =>
        dialectOf(driver.dialect).inspect(session, { exclude: isOwnTable }),
      );
      return { ...schema, tables: schema.tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
    };

    await upgrade(context, 'tables');
    const before = await inspect();
    if (textOf(example.run).startsWith('op.irreversible')) {
      await expect(upgrade(context)).rejects.toMatchObject({ code: 'IRREVERSIBLE' });
      expect(await inspect()).toEqual(before);
      return;
    }
    expect(await upgrade(context)).toMatchObject({ current: ['example'] });
    const after = await inspect();
    await downgrade(context, '-1', { backup: false });
    // What only works on rows, or checks them, leaves nothing to take back.
    if (reverseOf(example)) {
      // SQLite has no comments.
      const isSeen = driver.dialect === 'postgresql' || !/^op\.\w+TableComment/.test(textOf(example.run));
      if (isSeen) expect(after).not.toEqual(before);
      else expect(after).toEqual(before);
      expect(await inspect()).toEqual(before);
    }
  });
});
