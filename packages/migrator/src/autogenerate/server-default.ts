import { normalizeDefault } from '../dialects/postgresql/default-value.ts';
import { normalizeExpression } from '../dialects/postgresql/normalize-expression.ts';
import type { DataType } from '../schema/data-type.ts';
import { isSqlExpression, type SqlValue } from '../schema/expression.ts';

/** Other ways to write the moment of the transaction. */
const now = /^(?:now\(\)|transaction_timestamp\(\)|current_timestamp(?:\(\d\))?|datetime\('now'\))$/;

/** Whether two defaults give a column of this type the same value: `'0'` and `0`, `now()` and `CURRENT_TIMESTAMP`. */
export function sameDefault(left: SqlValue | null, right: SqlValue | null, type: DataType): boolean {
  return canonical(left, type) === canonical(right, type);
}

function canonical(value: SqlValue | null, type: DataType): string {
  const normal = normalizeDefault(value, type);
  if (normal === null) return 'none';
  if (!isSqlExpression(normal)) return `literal ${literalText(normal, type)}`;
  const text = normalizeExpression(normal.text);
  return `sql ${now.test(text) ? 'now()' : text}`;
}

/** A number counts by its value, whatever zeros it is written with; a moment without a time zone is one of UTC. */
function literalText(value: string | number | boolean, type: DataType): string {
  if (type.kind === 'dateTime' && type.timezone) return String(value).replace(/\+00$/, '');
  if (type.kind !== 'numeric') return String(value);
  return String(value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
