import { type Choices, freshName } from '../random-schema.ts';
import { type Column, kinds, type Table } from './random-columns.ts';

/** A step of a script: what it does, and what takes it back. */
export interface Step {
  readonly up: string;
  readonly back: string;
}

/** One that fits what is there; null where there is nothing for it to work on. */
export type StepMaker = (draft: Draft) => Step | null;

/** What a history has led to while it is being made up. */
export class Draft {
  readonly choices: Choices;
  tables: Table[] = [];
  /** What the column `ref` of a table refers to. */
  readonly targets = new Map<Table, Table>();
  #number = 0;

  constructor(choices: Choices) {
    this.choices = choices;
  }

  nextNumber(): number {
    return ++this.#number;
  }

  table(): Table {
    return this.choices.pick(this.tables);
  }

  column(table: Table, fits: (column: Column) => boolean): Column | undefined {
    const fitting = table.columns.filter((each) => !each.isKey && fits(each));
    return fitting.length === 0 ? undefined : this.choices.pick(fitting);
  }

  newColumn(taken: readonly string[]): Column {
    const kind = this.choices.pick(Object.keys(kinds));
    const name = freshName(this.choices, taken);
    return { name, kind, nullable: true, hasDefault: false, isUsed: false, isKey: false };
  }
}

/** A call of an operation. */
export const call = (name: string, ...given: readonly string[]) => `op.${name}(${given.join(', ')});`;
