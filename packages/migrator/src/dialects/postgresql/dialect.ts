import type { Dialect } from '../dialect.ts';
import { compile, runsOutside } from './compiler.ts';
import { renderType } from './data-type.ts';
import { translatePostgresqlError } from './error.ts';
import { inspect } from './inspector.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { localize } from './localize.ts';
import { postgresqlTransaction } from './transaction.ts';

export const postgresqlDialect: Dialect = {
  name: 'postgresql',
  quoteIdentifier,
  quoteLiteral,
  renderType,
  localize,
  compile,
  runsOutside,
  transaction: postgresqlTransaction,
  translateError: translatePostgresqlError,
  inspect,
};
