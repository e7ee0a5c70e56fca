import type { Operation } from '../operations/operation.ts';

/** A message for a script that was given none, made from what it does: `Add events.time_done`. */
export function describeChanges(operations: readonly Operation[]): string {
  const created = new Set(operations.flatMap((each) => (each.kind === 'createTable' ? [each.table] : [])));
  const phrases = [...new Set(operations.flatMap((operation) => phraseOf(operation, created) ?? []))];
  const [first, second] = phrases;
  if (first === undefined) return '';
  const start = first[0]?.toUpperCase() + first.slice(1);
  if (second === undefined) return start;
  return phrases.length === 2 ? `${start}, ${second}` : `${start}, ${second} and ${phrases.length - 2} more`;
}

/** Nothing for what comes along with a new table. */
function phraseOf(operation: Operation, created: ReadonlySet<string>): string | null {
  if (operation.kind !== 'createTable' && 'table' in operation && created.has(operation.table ?? ''))
    return null;
  switch (operation.kind) {
    case 'createTable':
      return `add ${operation.table}`;
    case 'dropTable':
      return `drop ${operation.table}`;
    case 'renameTable':
      return `rename ${operation.table} to ${operation.to}`;
    case 'addColumn':
      return `add ${operation.table}.${operation.column.name}`;
    case 'dropColumn':
      return `drop ${operation.table}.${operation.column}`;
    case 'renameColumn':
      return `rename ${operation.table}.${operation.column} to ${operation.to}`;
    case 'alterColumn':
      return `change ${operation.table}.${operation.column}`;
    case 'createIndex':
      return `add ${operation.index.unique ? 'unique ' : ''}index ${operation.index.name}`;
    case 'dropIndex':
      return `drop index ${operation.name}`;
    case 'createForeignKey':
      return `add foreign key of ${operation.table}.${operation.constraint.columns.join('_')}`;
    case 'createUniqueConstraint':
      return `make ${operation.table}.${operation.constraint.columns.join('_')} unique`;
    case 'createPrimaryKey':
      return `add primary key of ${operation.table}`;
    case 'createCheckConstraint':
      return `add check of ${operation.table}`;
    case 'dropConstraint':
      return `drop ${constraintWords[operation.type ?? 'unique']} of ${operation.table}`;
    case 'validateConstraint':
      return `validate ${operation.name}`;
    case 'createTableComment':
      return `comment on ${operation.table}`;
    case 'dropTableComment':
      return `drop comment on ${operation.table}`;
    default:
      return null;
  }
}

const constraintWords = {
  primaryKey: 'primary key',
  unique: 'unique constraint',
  check: 'check',
  foreignKey: 'foreign key',
} as const;
