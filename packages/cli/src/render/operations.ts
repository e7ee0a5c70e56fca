import type { OperationDescription } from '@freshmaker/migrator/engine';
import { propertyText } from './column-property.ts';

/** An operation in a few words: `addColumn events.time_done`, `createIndex idx_a on events`. */
export function operationLine(operation: OperationDescription): string {
  const { kind, table, column, name, columns, to } = operation;
  if (kind === 'run') return 'data step';
  if (kind === 'execute') return `execute ${beginning(operation.sql)}`;
  const object = [table, column].filter((part) => typeof part === 'string').join('.');
  const listed = kind !== 'createTable' && Array.isArray(columns) ? ` (${columns.join(', ')})` : '';
  if (kind === 'alterColumn') return `${kind} ${object}${changes(operation)}`;
  if (kind === 'createTableComment') return `${kind} ${object}: ${propertyText(operation.comment)}`;
  const target = typeof to === 'string' ? ` to ${to}` : '';
  const named = typeof name === 'string' ? ` ${name} on` : '';
  return `${kind}${named} ${object}${listed}${target}`;
}

/** How much of a statement is shown, in characters. */
const SHOWN = 60;

/** The beginning of a statement; of both, where the databases have each their own. */
function beginning(sql: unknown): string {
  const texts =
    typeof sql === 'string' ? [sql] : Object.values(sql as Readonly<Record<string, string | null>>);
  return [...new Set(texts.filter((text) => text !== null).map(shortened))].join(' / ');
}

function shortened(sql: string): string {
  const line = sql.trim().replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}

function changes({ from, to }: OperationDescription): string {
  const before = from as Readonly<Record<string, unknown>>;
  const after = to as Readonly<Record<string, unknown>>;
  const parts = Object.keys(after).map(
    (key) => `${key} ${propertyText(before[key])} → ${propertyText(after[key])}`,
  );
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
