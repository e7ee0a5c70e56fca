import type { Dialect } from '../dialect.ts';
import { compile } from './compiler.ts';
import { renderType } from './data-type.ts';
import { translateSqliteError } from './error.ts';
import { inspect } from './inspector.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { localize } from './localize.ts';
import { sqliteTransaction } from './transaction.ts';

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  quoteIdentifier,
  quoteLiteral,
  renderType,
  localize,
  compile,
  runsOutside: () => false,
  transaction: sqliteTransaction,
  translateError: translateSqliteError,
  inspect,
};
