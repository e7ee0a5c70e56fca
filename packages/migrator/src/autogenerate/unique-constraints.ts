import type { Dialect } from '../dialects/dialect.ts';
import type { UniqueConstraint } from '../schema/constraint.ts';
import { sameMoment, sameNamedConstraint } from './constraint-definition.ts';
import { type ComparisonContext, commonTables } from './context.ts';
import { dropConstraintOperation } from './drop-operation.ts';
import { droppedColumns, takenNames } from './going-columns.ts';

export function dropUniqueConstraints(context: ComparisonContext): void {
  const taken = takenNames(context);
  for (const { live, model } of commonTables(context)) {
    const going = droppedColumns(context, live.name);
    for (const unique of without(live.uniques, model.neutral.uniques, context.edit.dialect)) {
      const goes = unique.columns.some((column) => going.has(column)) && !taken.has(unique.name ?? '');
      if (!goes) context.edit.add(dropConstraintOperation(live.name, unique));
    }
  }
}

export function createUniqueConstraints(context: ComparisonContext): void {
  for (const { live, model } of commonTables(context)) {
    const present = [...live.uniques];
    for (const constraint of model.neutral.uniques) {
      const match = present.findIndex((each) => sameUnique(each, constraint, context.edit.dialect));
      if (match !== -1) {
        present.splice(match, 1);
        continue;
      }
      context.edit.add({ kind: 'createUniqueConstraint', table: live.name, constraint });
    }
  }
}

/** Those of the database that match none of the models', each of which matches one. */
function without(
  there: readonly UniqueConstraint[],
  wanted: readonly UniqueConstraint[],
  dialect: Dialect,
): UniqueConstraint[] {
  const open = [...wanted];
  return there.filter((unique) => {
    const match = open.findIndex((each) => sameUnique(each, unique, dialect));
    if (match !== -1) open.splice(match, 1);
    return match === -1;
  });
}

function sameUnique(left: UniqueConstraint, right: UniqueConstraint, dialect: Dialect): boolean {
  return sameNamedConstraint(left, right) && sameMoment(left, right, dialect);
}
