import type { Constraint, Deferrable, ForeignKey } from '../../schema/constraint.ts';
import { parenthesized } from '../parenthesized.ts';
import { quoteIdentifier, quoteIdentifiers } from './literal.ts';

/** A constraint as it stands in CREATE TABLE and ADD CONSTRAINT. */
export function constraintClause(constraint: Constraint): string {
  const name = constraint.name === null ? '' : `CONSTRAINT ${quoteIdentifier(constraint.name)} `;
  return `${name}${body(constraint)}`;
}

function body(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'primaryKey':
      return `PRIMARY KEY (${quoteIdentifiers(constraint.columns)})`;
    case 'unique':
      return `UNIQUE (${quoteIdentifiers(constraint.columns)})${deferrableClause(constraint.deferrable)}`;
    case 'check':
      return `CHECK ${parenthesized(constraint.expression)}${constraint.notValid ? ' NOT VALID' : ''}`;
    case 'foreignKey':
      return foreignKey(constraint);
  }
}

function foreignKey(key: ForeignKey): string {
  const parts = [
    `FOREIGN KEY (${quoteIdentifiers(key.columns)})`,
    `REFERENCES ${quoteIdentifier(key.refTable)} (${quoteIdentifiers(key.refColumns)})`,
    ...(key.onDelete === 'NO ACTION' ? [] : [`ON DELETE ${key.onDelete}`]),
    ...(key.onUpdate === 'NO ACTION' ? [] : [`ON UPDATE ${key.onUpdate}`]),
  ];
  return `${parts.join(' ')}${deferrableClause(key.deferrable)}${key.notValid ? ' NOT VALID' : ''}`;
}

function deferrableClause(deferrable: Deferrable | null | undefined): string {
  return deferrable ? ` DEFERRABLE ${deferrable.toUpperCase()}` : '';
}
