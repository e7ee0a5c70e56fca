import {
  Kysely,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';
import { ExecutionError } from '../errors.ts';
import { transactionControlIn } from '../operations/transaction-control.ts';
import { throwIfInterrupted } from './interrupt.ts';

/** The database as one data step gets it: of no use once the step is over, and stopped where the run is to end. */
export class StepKysely implements KyselyPlugin {
  readonly kysely: Kysely<unknown>;
  readonly #signal: AbortSignal | undefined;
  readonly #transactional: boolean;
  #over = false;

  /** @param transactional whether the step is part of an open transaction, which it must not end. */
  constructor(kysely: Kysely<unknown>, signal: AbortSignal | undefined, transactional: boolean) {
    this.#signal = signal;
    this.#transactional = transactional;
    const own = kysely.withPlugin(this);
    this.kysely = transactional ? withoutTransactions(own) : own;
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
    if (this.#transactional && node.kind === 'RawNode') {
      const control = transactionControlIn(node.sqlFragments.join("''"));
      if (control !== null) throw endsTransaction(`ran "${control}"`);
    }
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

/** PostgreSQL takes a BEGIN inside a transaction for nothing, and the COMMIT that belongs to it for the end of the whole. */
function withoutTransactions<DB>(kysely: Kysely<DB>): Kysely<DB> {
  return new Proxy(kysely, {
    get(target, property) {
      if (property === 'transaction' || property === 'startTransaction') {
        return () => {
          throw endsTransaction(`called db.${property}()`);
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const result: unknown = value.apply(target, given);
        return result instanceof Kysely ? withoutTransactions(result) : result;
      };
    },
  });
}

function endsTransaction(what: string): ExecutionError {
  return new ExecutionError(
    'MIGRATION_FAILED',
    `A data step ${what}, but it is part of the revision's transaction already, which it neither begins nor ends.`,
    {
      hint: 'Use `db` as it is, or pass { transactional: false } to op.run for a step outside the transaction.',
    },
  );
}
