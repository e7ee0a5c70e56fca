import type { Dialect } from '../dialects/dialect.ts';
import { ExecutionError } from '../errors.ts';
import type { BulkInsert, Execute, Run } from '../operations/operation.ts';
import type { RunContext } from '../operations/run.ts';
import type { RevisionStep } from '../revision/plan.ts';
import { splitStatements } from '../schema/split-statements.ts';
import { inlineParameters } from './inline-parameters.ts';
import { bindable, insertStatements } from './insert-rows.ts';
import type { QueryRecorder } from './recording-kysely.ts';

/**
 * What a data operation would send, with its values written in.
 *
 * @returns null for a step that must read rows to know what to do.
 */
export async function printData(
  operation: Execute | BulkInsert | Run,
  step: RevisionStep,
  dialect: Dialect,
): Promise<readonly string[] | null> {
  switch (operation.kind) {
    case 'execute': {
      const text = operation.sql[dialect.name];
      if (text === null) return [];
      const values = operation.parameters.map((each) => bindable(each, dialect));
      return splitStatements(text).map((statement) => inlineParameters(statement, values, dialect));
    }
    case 'bulkInsert':
      return [...insertStatements(operation, dialect)].map(({ sql, parameters }) =>
        inlineParameters(sql, parameters, dialect),
      );
    case 'run': {
      const { createQueryRecorder } = await import('./recording-kysely.ts');
      const recorder = createQueryRecorder(dialect.name);
      try {
        await operation.run(recorder.kysely, recordingContext(recorder, step, dialect));
      } catch (error) {
        if (!recorder.needsResult) throw error;
      }
      if (recorder.needsResult) return null;
      return recorder.queries.map(({ sql, parameters }) => inlineParameters(sql, parameters, dialect));
    }
  }
}

function recordingContext(
  recorder: QueryRecorder,
  { revision, direction }: RevisionStep,
  dialect: Dialect,
): RunContext {
  return {
    dialect: dialect.name,
    revision: revision.revision,
    direction,
    log: () => undefined,
    fail: (message, { hint, ...facts } = {}) => {
      throw new ExecutionError('MIGRATION_FAILED', message, { hint, facts });
    },
    irreversible: (message, { hint, ...facts } = {}) => {
      throw new ExecutionError('IRREVERSIBLE', message, { hint, facts });
    },
    batches: () => recorder.needResult(),
  };
}
