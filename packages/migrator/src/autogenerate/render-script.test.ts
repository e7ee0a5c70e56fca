import { apply } from '../operations/apply.ts';
import { Operations } from '../operations/operations.ts';
import { emptySchema } from '../schema/schema.ts';
import { renderScript } from './render-script.ts';
import { renderTableTypes } from './table-types.ts';

function recorded(script: (op: Operations) => void) {
  const op = new Operations();
  script(op);
  return op.recorded;
}

const head = {
  revision: '2358b6f55f24',
  downRevisions: ['fbc2eac9bfa5'],
  message: 'Add time done for Freshmaker events',
  createDate: '2019-06-20 10:00:31.190304',
};

test('a script is written as the contract shows it', () => {
  const text = renderScript({
    ...head,
    upgrade: recorded((op) => op.addColumn('events', op.column('time_done', op.t.dateTime()))),
    downgrade: recorded((op) => op.dropColumn('events', 'time_done')),
  });
  expect(text).toBe(`/**
 * Add time done for Freshmaker events
 *
 * Revision ID: 2358b6f55f24
 * Revises: fbc2eac9bfa5
 * Create Date: 2019-06-20 10:00:31.190304
 */
import { column, t, type Operations } from '@freshmaker/migrator';

export const revision = '2358b6f55f24';
export const downRevision = 'fbc2eac9bfa5';

export function upgrade(op: Operations): void {
  op.addColumn('events', column('time_done', t.dateTime()));
}

export function downgrade(op: Operations): void {
  op.dropColumn('events', 'time_done');
}
`);
});

test('an empty script, a merge, a base', () => {
  const empty = { ...head, upgrade: [], downgrade: [] };
  expect(renderScript({ ...empty, message: '' })).toBe(`/**
 * empty message
 *
 * Revision ID: 2358b6f55f24
 * Revises: fbc2eac9bfa5
 * Create Date: 2019-06-20 10:00:31.190304
 */
import type { Operations } from '@freshmaker/migrator';

export const revision = '2358b6f55f24';
export const downRevision = 'fbc2eac9bfa5';

export function upgrade(_op: Operations): void {}

export function downgrade(_op: Operations): void {}
`);
  const merge = renderScript({
    ...empty,
    downRevisions: ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'],
    branchLabels: ['main', 'stable'],
    dependsOn: ['cccccccccccc'],
  });
  expect(merge).toContain(' * Revises: aaaaaaaaaaaa, bbbbbbbbbbbb\n');
  expect(merge).toContain(`
export const downRevision = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'];
export const branchLabels: string[] = ['main', 'stable'];
export const dependsOn: string[] = ['cccccccccccc'];
`);
  const base = renderScript({ ...empty, downRevisions: [] });
  expect(base).toContain(' * Revises:\n');
  expect(base).toContain('export const downRevision = null;\n');
});

test('a message cannot end the comment it stands in', () => {
  const text = renderScript({ ...head, message: 'Away */ with it\nand more', upgrade: [], downgrade: [] });
  expect(text.startsWith('/**\n * Away * / with it\n * and more\n *\n * Revision ID')).toBe(true);
});

test('consent, quotes and names of any kind', () => {
  const text = renderScript({
    ...head,
    upgrade: recorded((op) => {
      op.dropTable("it's", { allowDataLoss: true });
      op.dropColumn('a "b"', `c'"d\n`, { allowDataLoss: true });
      op.dropIndex('t.column(', 'sql(');
    }),
    downgrade: [],
  });
  expect(text).toContain(`import type { Operations } from '@freshmaker/migrator';`);
  expect(text).toContain(`  op.dropTable("it's", { allowDataLoss: true });\n`);
  expect(text).toContain(`  op.dropColumn('a "b"', 'c\\'"d\\n', { allowDataLoss: true });\n`);
});

test('the tables of a revision as types', () => {
  const schema = recorded((op) => {
    op.createTable('events', [
      op.column('id', op.t.integer(), { primaryKey: true }),
      op.column('state', op.t.enum('state', ['new', "won't"]), { nullable: false }),
      op.column('with space', op.t.numeric(10, 2)),
      op.column('done', op.t.dateTime()),
      op.column('meta', op.t.json()),
      op.column('flag', op.t.boolean(), { nullable: false }),
    ]);
  }).reduce(apply, emptySchema);
  const tableTypes = renderTableTypes(schema, ['events']);
  expect(tableTypes).toBe(`/** The tables as they are at this revision. */
interface Tables {
  events: {
    id: number;
    state: 'new' | "won't";
    'with space': number | string | null;
    done: Date | string | null;
    meta: unknown;
    flag: boolean | number;
  };
}
`);
  const script = renderScript({ ...head, upgrade: [], downgrade: [], tableTypes });
  expect(script).toContain(`${tableTypes}
export function upgrade(op: Operations): void {
  op.run<Tables>(async (_db) => {});
}
`);
  expect(() => renderTableTypes(schema, ['nothing'])).toThrow('There is no table "nothing"');
});
