import { freshName, quoted } from '../random-schema.ts';
import { definition, kinds, text } from './random-columns.ts';
import { call, type Draft, type Step } from './random-draft.ts';

export function addColumn(draft: Draft): Step {
  const table = draft.table();
  const column = draft.newColumn(['ref', ...table.columns.map((each) => each.name)]);
  const isSimple = !['json', 'binary'].includes(column.kind);
  column.nullable = !(isSimple && draft.choices.chance(2));
  column.hasDefault = !column.nullable;
  table.columns.push(column);
  return {
    up: call('addColumn', text(table.name), definition(column)),
    back: call('dropColumn', text(table.name), text(column.name)),
  };
}

export function dropColumn(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, (each) => !each.isUsed);
  if (!column) return null;
  table.columns.splice(table.columns.indexOf(column), 1);
  return {
    up: call('dropColumn', text(table.name), text(column.name)),
    back: call('addColumn', text(table.name), definition({ ...column, nullable: true, hasDefault: false })),
  };
}

export function renameColumn(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, () => true);
  if (!column) return null;
  const from = column.name;
  column.name = freshName(draft.choices, ['ref', ...table.columns.map((each) => each.name)]);
  return {
    up: call('renameColumn', text(table.name), text(from), text(column.name)),
    back: call('renameColumn', text(table.name), text(column.name), text(from)),
  };
}

export function alterNullable(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, (each) => !['json', 'binary'].includes(each.kind));
  if (!column) return null;
  const backfill = kinds[column.kind]?.value(1).replace(/n$/, '') ?? '0';
  const required = `{ nullable: false, backfill: ${backfill} }`;
  const [up, back] = column.nullable ? [required, '{ nullable: true }'] : ['{ nullable: true }', required];
  column.nullable = !column.nullable;
  return {
    up: call('alterColumn', text(table.name), text(column.name), up),
    back: call('alterColumn', text(table.name), text(column.name), back),
  };
}

export function alterType(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(
    table,
    (each) => !each.hasDefault && !each.isUsed && kinds[each.kind]?.wider !== undefined,
  );
  const from = kinds[column?.kind ?? ''];
  if (!column || !from?.wider) return null;
  const to = kinds[from.wider.kind];
  column.kind = from.wider.kind;
  const using = (given?: string) =>
    given === undefined ? '' : `, using: ${text(given.replace('#', quoted(column.name)))}`;
  return {
    up: call(
      'alterColumn',
      text(table.name),
      text(column.name),
      `{ type: ${to?.type}${using(from.wider.to)} }`,
    ),
    back: call(
      'alterColumn',
      text(table.name),
      text(column.name),
      `{ type: ${from.type}${using(from.wider.back)} }`,
    ),
  };
}

export function alterDefault(draft: Draft): Step | null {
  const table = draft.table();
  const column = draft.column(table, (each) => !each.hasDefault && each.kind === 'string');
  if (!column) return null;
  column.hasDefault = true;
  const alter = (value: unknown) =>
    call('alterColumn', text(table.name), text(column.name), `{ serverDefault: ${text(value)} }`);
  return { up: alter("it's"), back: alter(null) };
}
