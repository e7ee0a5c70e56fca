import type { DropConstraint } from '../operations/operation.ts';
import type { Constraint } from '../schema/constraint.ts';

/** Drops a constraint by its name, and by what finds it where it has none. */
export function dropConstraintOperation(table: string, constraint: Constraint): DropConstraint {
  return {
    kind: 'dropConstraint',
    table,
    name: constraint.name,
    type: constraint.kind,
    columns: constraint.kind === 'check' ? null : constraint.columns,
    sql: constraint.kind === 'check' ? constraint.expression : null,
  };
}
