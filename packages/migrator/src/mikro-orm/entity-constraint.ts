import type { DatabaseTable } from '@mikro-orm/sql';
import type { CheckConstraint, Deferrable, ForeignKey, ReferentialAction } from '../schema/constraint.ts';

type EntityForeignKey = ReturnType<DatabaseTable['getForeignKeys']>[string];
type EntityCheck = ReturnType<DatabaseTable['getChecks']>[number];

const actions: readonly string[] = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'];

export function entityForeignKey(key: EntityForeignKey): ForeignKey {
  return {
    kind: 'foreignKey',
    name: key.constraintName,
    columns: key.columnNames,
    refTable: key.referencedTableName.slice(key.referencedTableName.lastIndexOf('.') + 1),
    refColumns: key.referencedColumnNames,
    onDelete: action(key.deleteRule),
    onUpdate: action(key.updateRule),
    deferrable: deferrable(key.deferMode),
    notValid: false,
  };
}

function action(rule: string | undefined): ReferentialAction {
  const word = (rule ?? 'no action').trim().toUpperCase();
  return actions.includes(word) ? (word as ReferentialAction) : 'NO ACTION';
}

/** MikroORM names the modes `immediate` and `deferred`; both mean `DEFERRABLE INITIALLY …`. */
export function deferrable(mode: string | undefined): Deferrable | null {
  if (mode === undefined) return null;
  return mode.toLowerCase().endsWith('deferred') ? 'initially deferred' : 'initially immediate';
}

export function entityCheck(check: EntityCheck): CheckConstraint {
  return { kind: 'check', name: check.name, expression: String(check.expression), notValid: false };
}
