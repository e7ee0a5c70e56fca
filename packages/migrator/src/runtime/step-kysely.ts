import type {
  Kysely,
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely';
import { ExecutionError } from '../errors.ts';
import { throwIfInterrupted } from './interrupt.ts';

/** The database as one data step gets it: of no use once the step is over, and stopped where the run is to end. */
export class StepKysely implements KyselyPlugin {
  readonly kysely: Kysely<unknown>;
  readonly #signal: AbortSignal | undefined;
  #over = false;

  constructor(kysely: Kysely<unknown>, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.kysely = kysely.withPlugin(this);
  }

  /** A query that was not awaited must not run after the transaction has ended: it would commit by itself. */
  end(): void {
    this.#over = true;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (this.#over) {
      throw new ExecutionError('MIGRATION_FAILED', 'A query of a data step began after the step had ended.', {
        hint: 'Put `await` before every query in the script.',
      });
    }
    throwIfInterrupted(this.#signal);
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}
