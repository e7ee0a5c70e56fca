import type { Dialect } from '../dialects/dialect.ts';
import type { Constraint, UniqueConstraint } from '../schema/constraint.ts';
import { sameExpression } from './expression.ts';

/** Whether two constraints of one table demand the same, whatever they are called. */
export function sameConstraint(left: Constraint, right: Constraint): boolean {
  if (left.kind === 'check') {
    return (
      right.kind === 'check' &&
      left.enforced === right.enforced &&
      sameExpression(left.expression, right.expression)
    );
  }
  if (left.kind !== right.kind || !sameNames(left.columns, right.columns)) return false;
  if (left.kind !== 'foreignKey' || right.kind !== 'foreignKey') return true;
  return (
    left.refTable === right.refTable &&
    sameNames(left.refColumns, right.refColumns) &&
    left.onDelete === right.onDelete &&
    left.onUpdate === right.onUpdate &&
    left.enforced === right.enforced &&
    left.deferrable === right.deferrable
  );
}

/** As {@link sameConstraint}, and called the same where both have a name. */
export function sameNamedConstraint(left: Constraint, right: Constraint): boolean {
  const names = left.name === null || right.name === null || left.name === right.name;
  return names && sameConstraint(left, right);
}

/** Whether two unique constraints wait for the same moment, on a database that lets them wait. */
export function sameMoment(left: UniqueConstraint, right: UniqueConstraint, dialect: Dialect): boolean {
  return dialect.name === 'sqlite' || left.deferrable === right.deferrable;
}

export function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, at) => name === right[at]);
}
