import type { Operation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';

/** `--rename old_table:new_table`, `--rename table.old:new`. */
export interface Rename {
  /** Null for the rename of a table. */
  readonly table: string | null;
  readonly from: string;
  readonly to: string;
}

/** `--allow-drop table`, `--allow-drop table.column`. */
export interface DropConsent {
  readonly table: string;
  /** Null for the table itself. */
  readonly column: string | null;
}

/** `--backfill table.column=SQL`, `--using table.column=SQL`. */
export interface ColumnSql {
  readonly table: string;
  readonly column: string;
  readonly sql: string;
}

/** What a person has said to the questions that a comparison cannot answer by itself. */
export interface Decisions {
  readonly renames: readonly Rename[];
  readonly drops: readonly DropConsent[];
  readonly backfills: readonly ColumnSql[];
  readonly usings: readonly ColumnSql[];
}

export const noDecisions: Decisions = { renames: [], drops: [], backfills: [], usings: [] };

/** One answer to a question. */
export interface Choice {
  /** For people: `rename to "title"`, `drop it with its values`. */
  readonly label: string;
  /** The flag that says so, and its value; a value that has to be filled in ends in `=SQL`. */
  readonly flag: readonly [name: '--rename' | '--allow-drop' | '--backfill' | '--using', value: string];
  readonly decision: Partial<Decisions>;
}

/** Something that is never guessed. */
export interface Ambiguity {
  readonly kind: 'renameTable' | 'renameColumn' | 'dropTable' | 'dropColumn' | 'backfill' | 'using';
  readonly table: string;
  /** Null where the question is about the table. */
  readonly column: string | null;
  /** One sentence that names what is asked about. */
  readonly question: string;
  /** The likeliest first. */
  readonly choices: readonly Choice[];
  /** Which rows must be there for the question to matter; a table that is only added has none. */
  readonly unless: 'noRows' | 'noNulls' | null;
}

/** What takes a database to the models, and what has to be asked first. */
export interface Comparison {
  /** In the order they can run, as if every drop were agreed to. Empty when there is no difference. */
  readonly operations: readonly Operation[];
  readonly ambiguities: readonly Ambiguity[];
  /** The schema before, in neutral terms where the history knows them: what a downgrade goes back to. */
  readonly before: Schema;
}
