import {
  type FunctionNode,
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type PrimitiveValueListNode,
  type QueryResult,
  type RawNode,
  type RootOperationNode,
  type UnknownRow,
  type ValueNode,
} from 'kysely';
import type { DialectName } from '../driver/driver.ts';
import { ExecutionError } from '../errors.ts';
import { transactionControlIn } from '../operations/transaction-control.ts';
import { bindableScalar } from './insert-rows.ts';
import { throwIfInterrupted } from './waiting/interrupt.ts';

/** The database as one data step gets it: of no use once the step is over, and stopped where the run is to end. */
export class StepKysely implements KyselyPlugin {
  readonly kysely: Kysely<unknown>;
  readonly #signal: AbortSignal | undefined;
  readonly #transactional: boolean;
  readonly #values: BindableValues;
  readonly #rowsOnly = new WeakSet<PluginTransformQueryArgs['queryId']>();
  #over = false;
  #mayHaveChangedSchema = false;

  /** @param transactional whether the step is part of an open transaction, which it must not end. */
  constructor(
    kysely: Kysely<unknown>,
    dialect: DialectName,
    signal: AbortSignal | undefined,
    transactional: boolean,
  ) {
    this.#values = new BindableValues(dialect);
    this.#signal = signal;
    this.#transactional = transactional;
    const own = kysely.withPlugin(this);
    this.kysely = transactional ? withoutTransactions(own) : own;
  }

  /** A query that was not awaited must not run after the transaction has ended: it would commit by itself. */
  end(): void {
    this.#over = true;
  }

  /** Whether something ran that is not known to read and write rows alone: SQL text, a function by its name, a CREATE. */
  get mayHaveChangedSchema(): boolean {
    return this.#mayHaveChangedSchema;
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
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
    const { transformed, isOpaque } = this.#values.transform(node);
    if (!isOpaque && aboutRows.has(node.kind)) this.#rowsOnly.add(queryId);
    return transformed;
  }

  /** Every query comes by here, also one that was compiled elsewhere and never transformed. */
  async transformResult({ result, queryId }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    if (!this.#rowsOnly.has(queryId)) this.#mayHaveChangedSchema = true;
    return result;
  }
}

const aboutRows: ReadonlySet<RootOperationNode['kind']> = new Set([
  'SelectQueryNode',
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
]);

/** The values of a query as the driver takes them, so that a step is the same on both databases. */
class BindableValues extends OperationNodeTransformer {
  readonly #dialect: DialectName;
  #isOpaque = false;

  constructor(dialect: DialectName) {
    super();
    this.#dialect = dialect;
  }

  /** The query, and whether something in it may do more than it says: SQL text, or a function. */
  transform(node: RootOperationNode): { transformed: RootOperationNode; isOpaque: boolean } {
    this.#isOpaque = false;
    const transformed = this.transformNode(node);
    return { transformed, isOpaque: this.#isOpaque };
  }

  protected override transformRaw(node: RawNode): RawNode {
    this.#isOpaque = true;
    return super.transformRaw(node);
  }

  protected override transformFunction(node: FunctionNode): FunctionNode {
    this.#isOpaque = true;
    return super.transformFunction(node);
  }

  protected override transformValue(node: ValueNode): ValueNode {
    return { ...super.transformValue(node), value: bindableScalar(node.value, this.#dialect) };
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    const values = node.values.map((value) => bindableScalar(value, this.#dialect));
    return { ...super.transformPrimitiveValueList(node), values };
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
