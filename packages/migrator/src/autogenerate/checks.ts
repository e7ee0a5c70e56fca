import type { CheckConstraint } from '../schema/constraint.ts';
import { mentionsIdentifier } from '../schema/sql-lexer.ts';
import type { Table } from '../schema/table.ts';
import { checksOfEnums } from './column-type.ts';
import { sameNamedConstraint } from './constraint-definition.ts';
import { type ComparisonContext, commonTables } from './context.ts';
import { dropConstraintOperation } from './drop-operation.ts';
import { droppedColumns } from './going-columns.ts';
import type { ModelTable } from './models.ts';

/** Checks that stand for an enumeration come and go with the column's type. */
export function dropChecks(context: ComparisonContext): void {
  for (const { live, model } of commonTables(context)) {
    const going = droppedColumns(context, live.name);
    const ofTypes = typeChecks(context, live, model);
    for (const check of live.checks) {
      const kept = model.neutral.checks.some((each) => sameNamedConstraint(each, check));
      const goes = [...going].some((column) => mentionsIdentifier(check.expression, column));
      if (!kept && !goes && !ofTypes.has(check)) context.edit.add(dropConstraintOperation(live.name, check));
    }
  }
}

function typeChecks(context: ComparisonContext, live: Table, model: ModelTable): Set<CheckConstraint> {
  if (context.edit.dialect.name !== 'sqlite') return new Set();
  const changed = new Set(
    context.plans
      .get(live.name)
      ?.changed.filter(({ change }) => change.type !== undefined)
      .map((each) => each.live.name),
  );
  const before = context.before.get(live.name)?.columns;
  return checksOfEnums(
    live.columns.flatMap((column) => {
      const neutral = model.columns.get(column.name)?.neutral;
      // Whatever its new type is, a column leaves the check of an enumeration behind that it was.
      const ofType = changed.has(column.name) ? before?.find(({ name }) => name === column.name) : neutral;
      return neutral ? [{ live: column, isEnum: ofType?.type.kind === 'enum' }] : [];
    }),
    live.checks,
  );
}

export function createChecks(context: ComparisonContext): void {
  for (const { neutral } of context.missing) {
    for (const constraint of neutral.checks.filter((each) => each.notValid)) {
      context.edit.add({ kind: 'createCheckConstraint', table: neutral.name, constraint });
    }
  }
  for (const { live, model } of commonTables(context)) {
    const present = [...live.checks];
    for (const constraint of model.neutral.checks) {
      const match = present.findIndex((each) => sameNamedConstraint(each, constraint));
      const [found] = match === -1 ? [] : present.splice(match, 1);
      if (!found) context.edit.add({ kind: 'createCheckConstraint', table: live.name, constraint });
      else if (found.notValid && found.name !== null && !constraint.notValid) {
        context.edit.add({ kind: 'validateConstraint', table: live.name, name: found.name });
      }
    }
  }
}
