import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { fitsType } from '../../src/dialects/default-fit.ts';
import { renderType } from '../../src/dialects/postgresql/data-type.ts';
import { quoteLiteral } from '../../src/dialects/postgresql/literal.ts';
import { type DataType, t } from '../../src/schema/data-type.ts';
import { withDatabase } from './database.ts';

const moments = [
  'now()',
  'now',
  'current_timestamp',
  'CURRENT_DATE',
  'today',
  'tomorrow noon',
  'today 10:00',
  'Jan 8',
  '20200131',
  '20200131T101112',
  '20200131 101112',
  '2020-1-5',
  '2020-01-31 5:06',
  '2020.01.31',
  '1/8/1999',
  '1-8-1999',
  '08-01-1999',
  '99-01-08',
  'epoch',
  'yesterday',
  'infinity',
  '-infinity',
  '+infinity',
  '04:05 AM',
  '04:05:06 pm',
  '040506',
  '4:05',
  '1999-008',
  '1999.008',
  'J2451187',
  '2020-01-31 10:11:12+05:30',
  '2020-01-31 10:11:12 +5',
  '10:11:12.5+01',
  '2020-01-31 10:11:12 America/New_York',
  'noon',
  'allballs',
  '2020-01-31 24:00:00',
  '2020-01-31 23:59:60',
  '2020-02-30',
  '2020-13-01',
  '',
  'x',
  '5',
  '1.5',
  '2020',
  '2020-01',
  '0001-01-01',
  '0000-00-00',
  '0000-00-00 00:00:00',
  '2020-01-31T10:11:12.123456Z',
  '2020-01-31 10:11:12,5',
  '12020-01-01',
  '2020-01-31 BC',
  '2020-01-31 AD',
  '2020-01-31 10:11 BC',
  '24:00',
  '24:00:01',
  '25:00',
  '10:60',
  '10:11:60',
  '10:11:61',
  '10:11:12Z',
  '10:11:12 UTC',
  'T10:11',
  '1011',
  '10',
  '  2020-01-31  ',
  '2020-01-31 00:00:00.000',
  '2020-01-31 10:11:12.000000+0000',
  'infinity ',
  '2020-01-31T10',
  '2020-01-31 10',
  '294276-01-01',
  '5874897-01-01',
  '2020-02-29 10:00:00 PST',
  'Mon Jan 8 1999',
  '8-Jan-1999',
  '1999-Jan-08',
  '2020年',
];
const numbers = [
  '5',
  '-5',
  '+5',
  '.5',
  '5.0',
  '1e3',
  ' 7 ',
  '',
  'x',
  'NaN',
  'Infinity',
  '-inf',
  '1e400',
  '2147483648',
  '9223372036854775808',
  '1.5',
  '1,5',
  '1000',
];

/** What PostgreSQL takes for a value by leaving something away: other databases keep it. */
const cut: readonly (readonly [DataType, RegExp])[] = [
  // The time of a day, the day of a time.
  [t.date(), /:/],
  [t.time(), /^\d{4}-/],
  // Places behind the point, blanks at the end.
  [t.numeric(4, 1), /\.\d\d|1e-/],
  [t.string(3), / $/],
];

const texts: readonly (readonly [DataType, readonly string[]])[] = [
  ...[t.dateTime(), t.dateTime({ timezone: true }), t.date(), t.time()].map(
    (type) => [type, moments] as const,
  ),
  ...[t.integer(), t.smallInteger(), t.bigInteger(), t.float(), t.double(), t.numeric(), t.numeric(4, 1)].map(
    (type) => [type, numbers] as const,
  ),
  [
    t.boolean(),
    ['t', 'TRUE', 'on', 'of', 'off', 'o', '1', '0', '2', 'ye', 'n', '', 'maybe', ' true ', '01', '1.0'],
  ],
  [
    t.uuid(),
    [
      'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
      '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}',
      'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11',
      'x',
    ],
  ],
  [
    t.json(),
    ['{}', '5', '"x"', 'null', 'x', '', '{"a":1,"a":2}', "{'a':1}", '[1,]', ' [1] ', 'NaN', '01', '1e999'],
  ],
  [t.string(3), ['abc', 'abcd', 'abc ', 'äöü', '😀😀😀']],
];

describe.each(postgresqlServers())('$name', (server) => {
  test.each(texts)('takes no default of %j that is told not to fit it', async (type, candidates) => {
    await withDatabase(server, async (session) => {
      const isTaken = async (text: string) => {
        await session.query('DROP TABLE IF EXISTS t');
        const column = `c ${renderType(type)} DEFAULT ${quoteLiteral(text)}`;
        return session.query(`CREATE TABLE t (id int, ${column})`).then(
          () =>
            session.query('INSERT INTO t (id) VALUES (1)').then(
              () => true,
              () => false,
            ),
          () => false,
        );
      };
      const isCut = (text: string) =>
        cut.some(([of, pattern]) => renderType(of) === renderType(type) && pattern.test(text));
      const refused = candidates.filter((text) => !fitsType({ kind: 'literal', text }, type) && !isCut(text));
      expect(refused.length).toBeGreaterThan(0);
      const taken: string[] = [];
      for (const text of refused) if (await isTaken(text)) taken.push(text);
      expect(taken).toEqual([]);
    });
  });
});
