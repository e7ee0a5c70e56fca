import { freshName, quoted } from '../random-schema.ts';
import { type Column, definition, kinds, type Table, text } from './random-columns.ts';
import { call, type Draft, type Step } from './random-draft.ts';

export function createTable(draft: Draft): Step {
  const name = freshName(
    draft.choices,
    draft.tables.map((each) => each.name),
  );
  const columns: Column[] = [
    { name: 'id', kind: 'integer', nullable: false, hasDefault: false, isUsed: true, isKey: true },
  ];
  for (let more = draft.choices.below(4); more >= 0; more--)
    columns.push(draft.newColumn(['ref', ...columns.map((each) => each.name)]));
  const target = draft.choices.chance(2) && draft.tables.length > 0 ? draft.table() : null;
  if (target) {
    columns.push({
      name: 'ref',
      kind: 'integer',
      nullable: true,
      hasDefault: false,
      isUsed: true,
      isKey: true,
    });
    target.isUsed = true;
  }
  const onDelete = draft.choices.pick(['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION']);
  const key = target ? [`op.foreignKey(['ref'], ${text(target.name)}, ['id'], ${text({ onDelete })})`] : [];
  const table: Table = { name, columns, ids: [], isUsed: target !== null };
  draft.tables.push(table);
  if (target) draft.targets.set(table, target);
  return {
    up: call('createTable', text(name), `[${[...columns.map(definition), ...key].join(', ')}]`),
    back: call('dropTable', text(name)),
  };
}

export function insert(draft: Draft): Step {
  const table = draft.table();
  const known = draft.targets.get(table)?.ids ?? [];
  const ids = Array.from({ length: 1 + draft.choices.below(3) }, () => draft.nextNumber());
  const rows = ids.map((id) => {
    const values = table.columns.map((column) => {
      if (column.name === 'id') return `id: ${id}`;
      if (column.name === 'ref') return `ref: ${known.length === 0 ? 'null' : draft.choices.pick(known)}`;
      if (column.isKey) return `${text(column.name)}: null`;
      const isNull = column.nullable && draft.choices.chance(3);
      return `${text(column.name)}: ${isNull ? 'null' : kinds[column.kind]?.value(id)}`;
    });
    return `{ ${values.join(', ')} }`;
  });
  table.ids.push(...ids);
  const where = `DELETE FROM ${quoted(table.name)} WHERE id IN (${ids.join(', ')})`;
  return {
    up: call('bulkInsert', text(table.name), `[${rows.join(', ')}]`),
    back: call('execute', text(where)),
  };
}

export function dropTable(draft: Draft): Step | null {
  const table = draft.table();
  if (table.isUsed || draft.tables.length === 1) return null;
  draft.tables = draft.tables.filter((each) => each !== table);
  return {
    up: call('dropTable', text(table.name)),
    back: call(
      'createTable',
      text(table.name),
      `[${table.columns.map((each) => definition(each)).join(', ')}]`,
    ),
  };
}

export function renameTable(draft: Draft): Step {
  const table = draft.table();
  const from = table.name;
  table.name = freshName(
    draft.choices,
    draft.tables.map((each) => each.name),
  );
  return {
    up: call('renameTable', text(from), text(table.name)),
    back: call('renameTable', text(table.name), text(from)),
  };
}

export function update(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, (each) => each.kind === 'integer');
  if (!column) return null;
  const change = (sign: string) =>
    call(
      'execute',
      text(`UPDATE ${quoted(table.name)} SET ${quoted(column.name)} = ${quoted(column.name)} ${sign} 3`),
    );
  return { up: change('+'), back: change('-') };
}

export function walk(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, (each) => each.kind === 'text');
  if (!column) return null;
  const [name, key] = [text(table.name), text(column.name)];
  const step = (mark: string) => `op.run(async (db, context) => {
    for await (const rows of context.batches(${name}, { size: 2 })) {
      for (const row of rows) await db.updateTable(${name}).set({ [${key}]: ${mark} + row.id }).where('id', '=', row.id).execute();
    }
  });`;
  return { up: step(`'walked '`), back: step(`'back '`) };
}
