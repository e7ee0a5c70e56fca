import type { SchemaOperation } from '../../operations/operation.ts';
import type { CheckConstraint, Constraint } from '../../schema/constraint.ts';
import { isSqlExpression, type SqlValue, sql } from '../../schema/expression.ts';
import { renameIdentifiers } from '../../schema/sql-lexer.ts';
import type { TableIndex } from '../../schema/table-index.ts';
import type { OriginalNames } from './original-names.ts';

/** An operation as it reads before the renames that came before it: the same change, by the original names. */
export function beforeRenames<O extends SchemaOperation>(
  operation: O,
  names: OriginalNames,
): SchemaOperation {
  const given: SchemaOperation = operation;
  const translation = new Translation(given.kind === 'dropIndex' ? (given.table ?? '') : given.table, names);
  const table = translation.table;
  switch (given.kind) {
    case 'createTable': {
      const { definition } = given;
      const foreignKeys = definition.foreignKeys.map((each) => translation.constraint(each));
      return { ...given, table, definition: { ...definition, name: table, foreignKeys } };
    }
    case 'addColumn': {
      const { column } = given;
      const generated = column.generated && {
        ...column.generated,
        expression: translation.expression(column.generated.expression),
      };
      const checks = given.checks.map((each) => translation.constraint(each));
      const uniques = given.uniques.map((each) => translation.constraint(each));
      const name = translation.column(column.name);
      return { ...given, table, column: { ...column, name, generated }, uniques, checks };
    }
    case 'alterColumn':
      return {
        ...given,
        table,
        column: translation.column(given.column),
        using: given.using === null ? null : translation.expression(given.using),
        backfill: given.backfill === null ? null : translation.value(given.backfill),
        ...(given.typeChecks && {
          typeChecks: {
            drop: given.typeChecks.drop.map((each) => translation.constraint(each)),
            add: given.typeChecks.add.map((each) => translation.constraint(each)),
          },
        }),
      };
    case 'createIndex':
      return { ...given, table, index: translation.index(given.index) };
    case 'dropIndex':
      return { ...given, table: given.table === null ? null : table };
    case 'createForeignKey':
      return { ...given, table, constraint: translation.constraint(given.constraint) };
    case 'createUniqueConstraint':
      return { ...given, table, constraint: translation.constraint(given.constraint) };
    case 'createCheckConstraint':
      return { ...given, table, constraint: translation.constraint(given.constraint) };
    case 'createPrimaryKey':
      return { ...given, table, constraint: translation.constraint(given.constraint) };
    case 'dropConstraint':
      return {
        ...given,
        table,
        columns: given.columns?.map((each) => translation.column(each)) ?? null,
        sql: given.sql === null ? null : translation.expression(given.sql),
      };
    case 'dropColumn':
      return { ...given, table, column: translation.column(given.column) };
    case 'dropTable':
    case 'validateConstraint':
    case 'createTableComment':
    case 'dropTableComment':
      return { ...given, table };
    case 'renameTable':
    case 'renameColumn':
      return given;
  }
}

/** Back from the names of now to those of then, for one table. */
class Translation {
  readonly table: string;
  readonly #now: string;
  readonly #names: OriginalNames;

  constructor(now: string, names: OriginalNames) {
    this.#now = now;
    this.#names = names;
    this.table = names.table(now);
  }

  column(name: string): string {
    return this.#names.column(this.#now, name);
  }

  expression(text: string): string {
    return renameIdentifiers(text, this.#names.renamedColumns(this.#now));
  }

  value(value: SqlValue): SqlValue {
    return isSqlExpression(value) ? sql(this.expression(value.text)) : value;
  }

  constraint<C extends Constraint>(constraint: C): C {
    const given: Constraint | CheckConstraint = constraint;
    if (given.kind === 'check') return { ...constraint, expression: this.expression(given.expression) };
    const columns = given.columns.map((each) => this.column(each));
    if (given.kind !== 'foreignKey') return { ...constraint, columns };
    return {
      ...constraint,
      columns,
      refTable: this.#names.table(given.refTable),
      refColumns: given.refColumns.map((each) => this.#names.column(given.refTable, each)),
    };
  }

  index(index: TableIndex): TableIndex {
    return {
      ...index,
      where: index.where === null ? null : this.expression(index.where),
      columns: index.columns.map((part) => ({
        ...part,
        column: part.column === null ? null : this.column(part.column),
        expression: part.expression === null ? null : this.expression(part.expression),
      })),
    };
  }
}
