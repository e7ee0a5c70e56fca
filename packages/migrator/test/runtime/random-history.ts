import type { Choices } from '../random-schema.ts';
import {
  addColumn,
  alterDefault,
  alterNullable,
  alterType,
  dropColumn,
  renameColumn,
} from './random-column-steps.ts';
import type { Table } from './random-columns.ts';
import { createCheck, createForeignKey, createIndex, createUnique } from './random-constraint-steps.ts';
import { Draft, type StepMaker } from './random-draft.ts';
import { createTable, dropTable, insert, renameTable, update, walk } from './random-table-steps.ts';

export interface RandomRevision {
  readonly up: string;
  readonly back: string;
  /** What is there afterwards. */
  readonly tables: readonly Table[];
}

const makers: readonly StepMaker[] = [
  insert,
  insert,
  insert,
  createTable,
  addColumn,
  dropColumn,
  dropTable,
  renameTable,
  renameColumn,
  alterNullable,
  alterNullable,
  alterType,
  alterType,
  alterDefault,
  createIndex,
  createUnique,
  createCheck,
  createForeignKey,
  update,
  walk,
];

/** Revisions that fit one after the other, for any database. */
export function randomHistory(choices: Choices): RandomRevision[] {
  const draft = new Draft(choices);
  const count = 2 + choices.below(4);
  return Array.from({ length: count }, (_, at) => {
    const steps = at === 0 ? [createTable(draft), insert(draft)] : [];
    for (let more = choices.below(5); more >= 0; more--)
      steps.push(choices.pick(makers)(draft) ?? insert(draft));
    return {
      up: steps.map((each) => each.up).join('\n'),
      back: steps
        .toReversed()
        .map((each) => each.back)
        .join('\n'),
      tables: structuredClone(draft.tables),
    };
  });
}
