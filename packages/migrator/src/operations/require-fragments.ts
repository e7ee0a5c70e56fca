import { OperationError } from '../errors.ts';
import type { Column } from '../schema/column.ts';
import type { CheckConstraint } from '../schema/constraint.ts';
import type { DataType } from '../schema/data-type.ts';
import { isSqlExpression, type SqlValue } from '../schema/expression.ts';
import { fragmentProblem } from '../schema/fragment-problem.ts';
import type { TableIndex } from '../schema/table-index.ts';
import type { Operation } from './operation.ts';

/** A piece of the author's SQL that becomes part of a statement. */
interface Fragment {
  readonly text: string;
  /** As people call it: `the check "c"`. */
  readonly what: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Whose SQL it is, where only one database reads it. */
  readonly dialect?: 'sqlite' | 'postgresql';
}

/**
 * Refuses SQL that is more or less than the one expression, or type, that it stands for: `a > 0), CHECK (b > 0` as a check
 * would bring along a second one, which nobody who reads the operation knows of.
 *
 * @throws OperationError `OPERATION_INVALID` naming table and constraint, column or index.
 */
export function requireFragments(operation: Operation): void {
  for (const { text, what, facts, dialect } of fragmentsOf(operation)) {
    const problem = fragmentProblem(text, dialect);
    if (problem === null) continue;
    const table = 'table' in operation ? operation.table : null;
    throw new OperationError(
      'OPERATION_INVALID',
      `${what} of table "${table}" cannot be \`${text}\`: ${problem}.`,
      {
        hint: 'Write one expression, without the parentheses around it, or for a type nothing but the type; what else the table is to have goes into elements or calls of its own.',
        facts: { table, ...facts, sql: text },
      },
    );
  }
}

function fragmentsOf(operation: Operation): readonly Fragment[] {
  switch (operation.kind) {
    case 'createTable':
      return [
        ...operation.definition.columns.flatMap(ofColumn),
        ...operation.definition.checks.map(ofCheck),
        ...operation.definition.indexes.flatMap(ofIndex),
      ];
    case 'addColumn':
      return [...ofColumn(operation.column), ...operation.checks.map(ofCheck)];
    case 'alterColumn': {
      const { column, change, using, backfill } = operation;
      return [
        ...(change.type === undefined ? [] : ofType(column, change.type)),
        ...ofValue(`The default of column "${column}"`, column, change.serverDefault ?? null),
        ...ofValue(`The backfill of column "${column}"`, column, backfill),
        ...(using === null
          ? []
          : [{ text: using, what: `\`using\` of column "${column}"`, facts: { column } }]),
      ];
    }
    case 'createCheckConstraint':
      return [ofCheck(operation.constraint)];
    case 'createIndex':
      return ofIndex(operation.index);
    default:
      return [];
  }
}

function ofColumn({ name, type, serverDefault, generated }: Column): Fragment[] {
  return [
    ...ofType(name, type),
    ...ofValue(`The default of column "${name}"`, name, serverDefault),
    ...(generated === null
      ? []
      : [
          { text: generated.expression, what: `The expression of column "${name}"`, facts: { column: name } },
        ]),
  ];
}

/** A column of SQLite's may have no type at all. */
function ofType(column: string, type: DataType): Fragment[] {
  if (type.kind !== 'raw') return [];
  const what = `The type of column "${column}"`;
  return (['sqlite', 'postgresql'] as const)
    .filter((dialect) => type[dialect].trim() !== '')
    .map((dialect) => ({ text: type[dialect], what, facts: { column }, dialect }));
}

function ofValue(what: string, column: string, value: SqlValue | null): Fragment[] {
  return value !== null && isSqlExpression(value) ? [{ text: value.text, what, facts: { column } }] : [];
}

function ofCheck({ name, expression }: CheckConstraint): Fragment {
  const what = name === null ? 'A check' : `The check "${name}"`;
  return { text: expression, what, facts: { constraint: name } };
}

function ofIndex({ name, columns, where }: TableIndex): Fragment[] {
  const facts = { index: name };
  const parts = columns.flatMap(({ expression, opclass }) => [
    ...(expression === null ? [] : [{ text: expression, what: `An expression of index "${name}"`, facts }]),
    ...(opclass === null
      ? []
      : [
          {
            text: opclass,
            what: `An operator class of index "${name}"`,
            facts,
            dialect: 'postgresql' as const,
          },
        ]),
  ]);
  return where === null
    ? parts
    : [...parts, { text: where, what: `The condition of index "${name}"`, facts }];
}
