import { quoted } from '../random-schema.ts';
import { type Column, text } from './random-columns.ts';
import { call, type Draft, type Step } from './random-draft.ts';

export function createIndex(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, (each) => each.kind !== 'json');
  if (!column) return null;
  column.isUsed = table.isUsed = true;
  const name = `ix ${draft.nextNumber()}`;
  const where = draft.choices.chance(2) ? `, { where: ${text('id > 0')} }` : '';
  return {
    up: call(
      'createIndex',
      text(name),
      text(table.name),
      `[{ column: ${text(column.name)}, order: 'desc' }, 'id']${where}`,
    ),
    back: call('dropIndex', text(name), text(table.name)),
  };
}

export function createUnique(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, (each) => each.kind !== 'json');
  if (!column) return null;
  column.isUsed = table.isUsed = true;
  const name = `uq ${draft.nextNumber()}`;
  return {
    up: call('createUniqueConstraint', text(name), text(table.name), text([column.name, 'id'])),
    back: call('dropConstraint', text(name), text(table.name), `{ type: 'unique' }`),
  };
}

export function createCheck(draft: Draft): Step {
  const table = draft.table();
  table.isUsed = true;
  const name = `ck ${draft.nextNumber()}`;
  return {
    up: call('createCheckConstraint', text(name), text(table.name), text('id > 0')),
    back: call('dropConstraint', text(name), text(table.name), `{ type: 'check' }`),
  };
}

export function createForeignKey(draft: Draft): Step {
  const [table, target] = [draft.table(), draft.table()];
  const { name: free } = draft.newColumn(['ref', ...table.columns.map((each) => each.name)]);
  const column: Column = {
    name: free,
    kind: 'integer',
    nullable: true,
    hasDefault: false,
    isUsed: true,
    isKey: true,
  };
  table.isUsed = target.isUsed = true;
  table.columns.push(column);
  const name = `fk ${draft.nextNumber()}`;
  const onDelete = draft.choices.pick(['CASCADE', 'SET NULL', 'NO ACTION']);
  const [from, to, key] = [table.name, target.name, column.name].map(text);
  const fill = `UPDATE ${quoted(table.name)} SET ${quoted(column.name)} = (SELECT min(id) FROM ${quoted(target.name)})`;
  return {
    up: `op.addColumn(${from}, column(${key}, t.integer())); op.createForeignKey(${text(name)}, ${from}, ${to}, [${key}], ['id'], ${text({ onDelete })}); op.execute(${text(fill)});`,
    back: `op.execute(${text(`UPDATE ${quoted(table.name)} SET ${quoted(column.name)} = NULL`)}); op.dropConstraint(${text(name)}, ${from}, { type: 'foreignKey' }); op.dropColumn(${from}, ${key});`,
  };
}
