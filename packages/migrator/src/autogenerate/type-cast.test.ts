import { dialectOf } from '../dialects/dialect-of.ts';
import { column } from '../schema/builders.ts';
import { type DataType, t } from '../schema/data-type.ts';
import { mayNeedUsing } from './type-cast.ts';

const raw = (postgresql: string): DataType => t.raw({ sqlite: '', postgresql });
const mood = (values: string[], name = 'mood') => t.enum(name, values);

const asks = (from: DataType, to: DataType, dialect: 'sqlite' | 'postgresql') =>
  mayNeedUsing(column('a', from), column('a', to), dialectOf(dialect));

test.each<[DataType, DataType, boolean]>([
  [t.integer(), t.text(), false],
  [t.text(), t.integer(), true],
  [t.string(5), t.text(), false],
  [t.integer(), t.numeric(5, 2), false],
  [t.boolean(), t.integer(), true],
  [t.integer(), t.boolean(), true],
  [t.date(), t.dateTime(), false],
  [t.dateTime(), t.date(), false],
  [t.dateTime({ timezone: true }), t.dateTime(), false],
  [t.dateTime(), t.time(), false],
  [t.date(), t.time(), true],
  [t.text(), t.json(), true],
  [raw('json'), t.json(), false],
  [t.text(), raw('json'), true],
  [mood(['a']), mood(['a', 'b']), false],
  [mood(['a']), mood(['a'], 'other'), true],
  [mood(['a']), t.text(), false],
  [t.numeric(5, 2), raw('money'), false],
  [raw('money'), t.integer(), false],
  [t.text(), raw('money'), true],
  [t.text(), raw('citext'), false],
  [t.integer(), raw('character(5)'), false],
  [t.text(), raw('name'), false],
  [raw('varbit(3)'), raw('varbit(5)'), false],
  [raw('inet'), t.integer(), true],
  [raw('integer[]'), raw('text[]'), true],
  [raw('timestamp(3) with time zone'), t.dateTime(), false],
  [t.uuid(), t.text(), false],
  [t.text(), t.uuid(), true],
])('whether %j to %j needs USING on PostgreSQL: %s', (from, to, expected) => {
  expect(asks(from, to, 'postgresql')).toBe(expected);
  expect(asks(from, to, 'sqlite')).toBe(false);
});
