import { compare } from '../../src/autogenerate/compare.ts';
import { parseDecisions } from '../../src/autogenerate/decision-flags.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { apply } from '../../src/operations/apply.ts';
import { describeOperation } from '../../src/operations/describe.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { type Engine, engines } from './engine.ts';
import { tablesAndColumns } from './mutations/columns.ts';
import { indexesAndUniques } from './mutations/indexes.ts';
import { keysAndChecks } from './mutations/keys.ts';
import { history, models, rows } from './mutations/mutation.ts';
import { recorded } from './recorded.ts';

describe.each(engines)('changes by hand on $name', ({ dialect, lend }: Engine) => {
  const mutations = [...tablesAndColumns, ...indexesAndUniques, ...keysAndChecks];
  const selected = mutations.filter((each) => each.on === undefined || each.on === dialect.name);

  test.each(selected)('$name', async ({ change, found, flags = {}, oneWay }) => {
    await lend(async (database) => {
      await database.migrate(history);
      await database.byHand(...rows);
      await database.migrate(recorded((op) => change(op, dialect.name)));
      const live = await database.inspect();
      const contents = await contentsOf(live);

      const decisions = parseDecisions(flags);
      const comparison = compare({ live, models, dialect, history, decisions });
      expect(summary(comparison.operations, live)).toEqual(found);
      expect(comparison.ambiguities.filter((each) => each.unless === null)).toEqual([]);

      await database.migrate(comparison.operations);
      const mended = await database.inspect();
      const again = compare({ live: mended, models, dialect, history });
      expect(again.operations).toEqual([]);

      if (oneWay) return;
      await database.migrate(downgradeOf(comparison));
      const restored = await database.inspect();
      expect(compare({ live: restored, models: live, dialect }).operations).toEqual([]);
      expect(compare({ live, models: restored, dialect }).operations).toEqual([]);
      expect(await contentsOf(live)).toEqual(contents);

      async function contentsOf(schema: Schema) {
        const lost = new Set(
          found.filter((each) => each.startsWith('drop')).map((each) => each.split(' ')[1]),
        );
        const tables = schema.tables.filter((table) => !lost.has(table.name));
        return Promise.all(
          tables.map((table) => {
            const columns = table.columns
              .filter((column) => !lost.has(`${table.name}.${column.name}`))
              .map((column) => dialect.quoteIdentifier(column.name));
            const list = columns.join(', ');
            return database.query(
              `SELECT ${list} FROM ${dialect.quoteIdentifier(table.name)} ORDER BY ${list}`,
            );
          }),
        );
      }
    });
  });
});

function summary(operations: readonly Operation[], before: Schema): string[] {
  let schema = before;
  return operations.map((operation) => {
    const { kind, table, column, name } = describeOperation(operation, schema);
    const what =
      operation.kind === 'createIndex' || operation.kind === 'dropIndex' || kind === 'validateConstraint'
        ? name
        : column === undefined
          ? table
          : `${table}.${column}`;
    const change = operation.kind === 'alterColumn' ? ` ${Object.keys(operation.change).join(' ')}` : '';
    schema = apply(schema, operation);
    return `${kind} ${what}${change}`;
  });
}
