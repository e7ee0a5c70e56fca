import type { Schema, Trigger } from '../../schema/schema.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { firingStatement, givenColumns } from './firing-statement.ts';
import { quoteIdentifier } from './literal.ts';
import { inUse } from './refusal.ts';
import { mentionsName } from './sql-text.ts';
import { assertion, inMessage, run } from './statement.ts';

/**
 * Statements that change nothing and fail where a view or trigger still uses a column that a rebuild has left out.
 * SQLite looks at such texts only when they are used; left alone, they would fail then.
 *
 * @param schema what is there after the rebuild.
 */
export function verifyDependents(before: Table, after: Table, schema: Schema): Statement[] {
  const gone = before.columns.filter((each) => !after.columns.some((other) => other.name === each.name));
  const verify = (dependent: string, sql: string, statements: readonly Statement[]) => {
    const used = gone.map((each) => each.name).filter((name) => mentionsIdentifier(sql, name));
    if (used.length === 0 || !mentionsName(sql, before.name)) return [];
    const columns = used.map((name) => `"${name}"`).join(', ');
    const told = inUse(`column ${columns} of "${before.name}" cannot be dropped`, [dependent], {
      table: before.name,
      column: used[0],
    });
    return statements.map((each) => ({ ...each, inUse: told }));
  };
  return [
    ...schema.views.flatMap(({ name, sql }) => verify(`view ${name}`, sql, [canBeRead(name)])),
    ...schema.triggers.flatMap((each) => verify(`trigger ${each.name}`, each.sql, fire(each, schema.tables))),
  ];
}

function canBeRead(view: string): Statement {
  return assertion(
    `SELECT count(*) >= 0 FROM (SELECT 1 FROM ${quoteIdentifier(view)} LIMIT 0)`,
    `View ${inMessage(view)} cannot be read any more.`,
  );
}

function fire(trigger: Trigger, tables: readonly Table[]): Statement[] {
  const table = tables.find((each) => each.name === trigger.table);
  return table ? [run(firingStatement(trigger, givenColumns(table)))] : [];
}
