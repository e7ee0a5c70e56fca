import { CHECKPOINT_TABLE } from './segments/checkpoint.ts';
import { VERSION_TABLE } from './version-table.ts';

/** The tables that the migrator keeps for itself; no model has them, no comparison is about them. */
export const OWN_TABLES: readonly string[] = [VERSION_TABLE, CHECKPOINT_TABLE];

export function isOwnTable(table: string): boolean {
  return OWN_TABLES.includes(table);
}
