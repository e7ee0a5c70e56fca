import type { Schema, ScriptLocations, TablePatterns } from '@freshmaker/migrator/engine';
import type { EngineName } from '../engines/engine.ts';

/** What one test of a history is to find out: plain data, for the process that runs the scripts. */
export type Check =
  | { readonly kind: 'singleHead' }
  | { readonly kind: 'recorded'; readonly file: string }
  | { readonly kind: 'imports'; readonly allowed: readonly string[] }
  | { readonly kind: 'models'; readonly schema: Schema; readonly tables: TablePatterns }
  | {
      readonly kind: 'roundTrip';
      readonly path: string;
      readonly values: GivenValues;
      /** By revision. */
      readonly losses: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly kind: 'offlineSql'; readonly path: string; readonly values: GivenValues };

/** Values that only the project knows, by `table.column`: that of the first generated row, of the second and so on. */
export type GivenValues = Readonly<Record<string, readonly unknown[]>>;

/** What a process that checks a history is told when it starts, as JSON in its first argument. */
export interface CheckSubject {
  readonly scripts: ScriptLocations;
  readonly engine: EngineName;
}

/** A question to that process, and its answer: null, or what was found. */
export interface Question {
  readonly number: number;
  readonly check: Check;
}

export interface Answer {
  readonly number: number;
  readonly finding: string | null;
}
