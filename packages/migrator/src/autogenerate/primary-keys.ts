import { sameNamedConstraint } from './constraint-definition.ts';
import { type ComparisonContext, commonTables } from './context.ts';
import { dropConstraintOperation } from './drop-operation.ts';

export function dropPrimaryKeys(context: ComparisonContext): void {
  for (const { live, model } of commonTables(context)) {
    const wanted = model.neutral.primaryKey;
    if (live.primaryKey === null || (wanted && sameNamedConstraint(live.primaryKey, wanted))) continue;
    context.edit.add(dropConstraintOperation(live.name, live.primaryKey));
  }
}

export function createPrimaryKeys(context: ComparisonContext): void {
  for (const { live, model } of commonTables(context)) {
    const constraint = model.neutral.primaryKey;
    if (live.primaryKey !== null || constraint === null) continue;
    context.createdKeys.add(live.name);
    context.edit.add({ kind: 'createPrimaryKey', table: live.name, constraint });
  }
}
