import { createTable } from '../operations/create-table.ts';
import type { CreateTable } from '../operations/operation.ts';
import { column as columnDefinition, primaryKey } from '../schema/builders.ts';
import type { Column } from '../schema/column.ts';
import type { ForeignKey, UniqueConstraint } from '../schema/constraint.ts';
import type { Table } from '../schema/table.ts';
import { array, type Code, call, literal, object } from './code.ts';
import { renderColumn } from './render-column.ts';

export function renderCreateTable({ definition }: CreateTable): Code {
  const elements = [
    ...definition.columns.map((column) => renderTableColumn(column, definition)),
    ...renderPrimaryKey(definition),
    ...definition.uniques.map((each) =>
      call('unique', names(each.columns), ...uniqueOptions(each, nameCode(each.name))),
    ),
    ...definition.checks.map((each) => call('check', literal(each.expression), ...nameOption(each.name))),
    ...definition.foreignKeys.map(renderForeignKey),
  ];
  const options = object({
    comment: definition.comment === null ? undefined : literal(definition.comment),
    strict: definition.strict ? literal(true) : undefined,
    withoutRowid: definition.withoutRowid ? literal(true) : undefined,
  });
  return call('op.createTable', literal(definition.name), array(elements), ...nonEmpty(options));
}

function renderTableColumn(column: Column, table: Table): Code {
  const key = table.primaryKey;
  const inKey = key?.columns.includes(column.name) ?? false;
  const isKey = inKey && key?.columns.length === 1 && key.name === null;
  return renderColumn(column, { isKey, inKey, autoincrement: countsUpUnasked(column, table) });
}

/** What `op.createTable` makes of the column when the script says nothing about counting. */
function countsUpUnasked(column: Column, table: Table): Column['autoincrement'] {
  const definitions = table.columns.map((each) =>
    columnDefinition(each.name, each.type, {
      serverDefault: each.serverDefault,
      ...(each.generated ? { generated: each.generated } : {}),
    }),
  );
  const elements = [
    ...definitions,
    ...(table.primaryKey ? [primaryKey(table.primaryKey.columns)] : []),
    ...table.foreignKeys,
  ];
  const created = createTable(table.name, elements, { withoutRowid: table.withoutRowid });
  return created.definition.columns.find((each) => each.name === column.name)?.autoincrement ?? false;
}

function renderPrimaryKey({ primaryKey: key }: Table): Code[] {
  if (key === null || (key.columns.length === 1 && key.name === null)) return [];
  return [call('primaryKey', names(key.columns), ...nameOption(key.name))];
}

function renderForeignKey(key: ForeignKey): Code {
  const options = object({
    name: key.name === null ? undefined : literal(key.name),
    ...foreignKeyOptions(key),
  });
  return call(
    'foreignKey',
    names(key.columns),
    literal(key.refTable),
    names(key.refColumns),
    ...nonEmpty(options),
  );
}

/** The options of a foreign key but for its name, without those that are so anyway. */
export function foreignKeyOptions(key: ForeignKey): Record<string, Code | undefined> {
  return {
    onDelete: key.onDelete === 'NO ACTION' ? undefined : literal(key.onDelete),
    onUpdate: key.onUpdate === 'NO ACTION' ? undefined : literal(key.onUpdate),
    deferrable: key.deferrable === null ? undefined : literal(key.deferrable),
    notValid: key.notValid ? literal(true) : undefined,
  };
}

export function names(columns: readonly string[]): Code {
  return array(columns.map(literal));
}

function nameOption(name: string | null): Code[] {
  return nonEmpty(object({ name: nameCode(name) }));
}

function nameCode(name: string | null): Code | undefined {
  return name === null ? undefined : literal(name);
}

/** The options of a unique constraint, as far as they say something. */
export function uniqueOptions({ deferrable }: UniqueConstraint, name?: Code): Code[] {
  return nonEmpty(object({ name, deferrable: deferrable && literal(deferrable) }));
}

/** An options argument, left out where it says nothing. */
export function nonEmpty(options: Code): Code[] {
  return options.kind === 'object' && options.entries.length === 0 ? [] : [options];
}
