import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import type { Session } from '../../src/driver/driver.ts';
import type { Autoincrement } from '../../src/schema/column.ts';
import { type DataType, t } from '../../src/schema/data-type.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { record, run, withDatabase } from './database.ts';

async function values(session: Session, sql: string): Promise<unknown[]> {
  const { rows } = await session.query(sql);
  return rows.map((row) => Object.values(row)[0]);
}

const raw = (postgresql: string): DataType => ({ kind: 'raw', sqlite: '', postgresql });

const ways: readonly (Autoincrement | false)[] = ['serial', 'identity', 'always', false];
const changes = ways
  .flatMap((from) => ways.map((to) => [from, to] as const))
  .filter(([from, to]) => from !== to);

describe.each(postgresqlServers())('$name', (server) => {
  describe('a column that counts up', () => {
    test.each(changes)('%s becomes %s: the next value follows what was counted', async (from, to) => {
      await withDatabase(server, async (session) => {
        const table = record((op) =>
          op.createTable('a "table"', [
            op.column('next_value', op.t.integer(), { primaryKey: true, autoincrement: from }),
            op.column('note', op.t.text()),
          ]),
        );
        const schema = await run(session, table, emptySchema);
        if (from === false) await session.query(`INSERT INTO "a ""table""" VALUES (41, 'kept')`);
        else {
          for (let row = 0; row < 41; row++)
            await session.query(`INSERT INTO "a ""table""" (note) VALUES ('kept')`);
          await session.query('DELETE FROM "a ""table""" WHERE next_value <> 1');
        }
        const change = record((op) => op.alterColumn('a "table"', 'next_value', { autoincrement: to }));
        await run(session, change, schema);
        const insert = `INSERT INTO "a ""table""" (note) VALUES ('new') RETURNING next_value`;
        if (to === false) await expect(session.query(insert)).rejects.toMatchObject({ code: '23502' });
        else expect(await values(session, insert)).toEqual([42]);
        const sequences = "SELECT count(*)::int FROM pg_class WHERE relkind = 'S'";
        expect(await values(session, sequences)).toEqual([to === false ? 0 : 1]);
      });
    });

    test('counts on after its table was renamed and its type made bigger', async () => {
      await withDatabase(server, async (session) => {
        const script = record((op) => {
          op.createTable('a', [op.column('id', op.t.smallInteger(), { primaryKey: true })]);
          op.renameTable('a', 'b');
          op.renameColumn('b', 'id', 'number');
          op.alterColumn('b', 'number', { type: op.t.bigInteger() });
        });
        const schema = await run(session, script, emptySchema);
        await session.query("SELECT setval('a_id_seq', 40000)");
        expect(await values(session, 'INSERT INTO b DEFAULT VALUES RETURNING number')).toEqual(['40001']);
        await run(
          session,
          record((op) => op.alterColumn('b', 'number', { autoincrement: 'identity' })),
          schema,
        );
        expect(await values(session, 'INSERT INTO b DEFAULT VALUES RETURNING number')).toEqual(['40002']);
      });
    });
  });

  test('a column starts to count though a renamed table keeps the name of its sequence', async () => {
    await withDatabase(server, async (session) => {
      const script = record((op) => {
        const table = (autoincrement: Autoincrement | false) =>
          op.createTable('a "%L" $do$', [
            op.column('i"d', op.t.integer(), { primaryKey: true, autoincrement }),
          ]);
        table('serial');
        op.renameTable('a "%L" $do$', 'b');
        table(false);
        op.alterColumn('a "%L" $do$', 'i"d', { autoincrement: 'serial' });
      });
      const schema = await run(session, script, emptySchema);
      expect((await postgresqlDialect.inspect(session)).tables).toEqual(schema.tables);
      const sequences = await values(session, "SELECT relname FROM pg_class WHERE relkind = 'S' ORDER BY 1");
      expect(sequences).toEqual(['a "%L" $do$_i"d_seq', 'a "%L" $do$_i"d_seq1']);
    });
  });

  test('a key that a foreign key rests on is not dropped from under it', async () => {
    await withDatabase(server, async (session) => {
      const start = record((op) => {
        op.createTable('a', [op.column('id', op.t.integer(), { primaryKey: true })]);
        op.createTable('b', [op.column('a_id', op.t.integer()), op.foreignKey(['a_id'], 'a', ['id'])]);
      });
      const schema = await run(session, start, emptySchema);
      const drop = record((op) => op.dropConstraint('a_pkey', 'a'));
      await expect(run(session, drop, schema)).rejects.toThrow(/"b" \(a_id\) refers to its columns/);
      const nullable = record((op) => op.alterColumn('a', 'id', { nullable: true }));
      await expect(run(session, nullable, schema)).rejects.toThrow(/in the primary key/);
      const both = record((op) => {
        op.dropConstraint('b_a_id_fkey', 'b');
        op.dropConstraint('a_pkey', 'a');
      });
      await run(session, both, schema);
    });
  });

  describe('values that do not fit the new type', () => {
    test.each<[string, string, string, string]>([
      ['numeric(10,4)', 'numeric(10,2)', '1.2345', '1.2300'],
      ['double precision', 'integer', '1.5', '2'],
      ['bigint', 'double precision', '9007199254740993', '9007199254740992'],
      ['double precision', 'real', '0.1', '0.5'],
      ['timestamp', 'date', "'2020-01-01 10:00'", "'2020-01-01'"],
      ['varchar', 'varchar(2)', "'abc'", "'ab'"],
      ['varchar(9)', 'varchar(2)', "'ab  '", "'ab'"],
      ['integer', 'smallint', '40000', '4'],
      ['timestamp', 'time', "'2020-01-01 10:00'", 'NULL'],
      ['timestamptz(3)', 'timestamptz(0)', "'2020-01-01 10:00:00.7'", "'2020-01-01 10:00:00'"],
      ['time(6)', 'time(0)', "'10:00:00.7'", "'10:00'"],
      ['interval', 'interval(0)', "'1.5 seconds'", "'1 second'"],
      ['inet', 'cidr', "'10.0.0.1/8'", "'10.0.0.0/8'"],
      ['text', 'char(5)', "'ab '", "'ab'"],
      ['char(5)', 'varchar(2)', "'abc'", "'ab'"],
      ['text', 'name', "repeat('x', 64)", "repeat('x', 63)"],
      ['text', '"char"', "'ab'", "'a'"],
      ['numeric(10,4)[]', 'numeric(10,2)[]', "'{1.5, 1.2345}'", "'{1.5, 1.23}'"],
      ['numeric', 'money', '1.234', '1.23'],
      ['double precision', 'money', '0.125', '0.25'],
      ['money', 'numeric(10,1)', "'1.25'", "'1.50'"],
      ['money', 'integer', "'1.25'", "'2.00'"],
      ['json', 'jsonb', `'{"a": 1, "a": 2}'`, `'{"a": 1, "b": 2}'`],
      ['json', 'jsonb', `'[{"a:": [{"b": 1, "c": {}, "b": ":"}]}]'`, `'{"a\\":\\\\": [{"b": 1}, {"b": 1}]}'`],
      ['timestamptz(3)', 'timestamp(0)', "'2020-01-01 10:00:00.7'", "'2020-01-01 10:00:00'"],
      ['timestamptz', 'date', "'2020-01-01 10:00+00'", "'2020-01-01 00:00+00'"],
      ['timestamptz', 'timetz', "'2020-01-01 10:00'", 'NULL'],
      ['point', 'box', "'(1,2)'", 'NULL'],
      ['bit(3)', 'varbit(2)', "B'101'", 'NULL'],
    ])('%s to %s is an error for %s, and none for %s', async (from, to, misfit, fit) => {
      await withDatabase(server, async (session) => {
        const start = record((op) => op.createTable('a', [op.column('b', raw(from))]));
        const schema = await run(session, start, emptySchema);
        const change = record((op) => op.alterColumn('a', 'b', { type: raw(to) }));
        await session.query(`INSERT INTO a VALUES (NULL), (${misfit})`);
        const before = await values(session, 'SELECT b::text FROM a');
        await expect(run(session, change, schema)).rejects.toThrow(
          /would cut or round|too long|out of range|invalid input syntax|cannot be cast/,
        );
        expect(await values(session, 'SELECT b::text FROM a')).toEqual(before);
        await session.query(`UPDATE a SET b = ${fit} WHERE b IS NOT NULL`);
        await run(session, change, schema);
        const expected = fit === 'NULL' ? 0 : 1;
        expect(await values(session, 'SELECT count(b)::int FROM a')).toEqual([expected]);
      });
    });

    test.each<[string, string, string]>([
      ['json', 'jsonb', `'{"b": 1,  "a": [1.50]}'`],
      ['jsonb', 'json', `'{"b": 1,  "a": [1.50]}'`],
      ['char(5)', 'text', "'ab'"],
      ['citext', 'text', "'aB'"],
      ['varchar(3)[]', 'text[]', "'{a,b}'"],
      ['cidr', 'inet', "'10.0.0.0/8'"],
      ['xml', 'text', "'<a/>'"],
      ['point', 'text', "'(1,2)'"],
      ['timestamp(0)', 'timestamp', "'2020-01-01 10:00'"],
    ])('%s to %s loses nothing of %s', async (from, to, value) => {
      await withDatabase(server, async (session) => {
        if (from === 'citext') {
          const { rows } = await session.query("SELECT FROM pg_available_extensions WHERE name = 'citext'");
          if (rows.length === 0) return;
          await session.query('CREATE EXTENSION citext');
        }
        const schema = await run(
          session,
          record((op) => op.createTable('a', [op.column('b', raw(from))])),
          emptySchema,
        );
        await session.query(`INSERT INTO a VALUES (NULL), (${value})`);
        await run(
          session,
          record((op) => op.alterColumn('a', 'b', { type: raw(to) })),
          schema,
        );
        const same = ['json', 'jsonb'].includes(to)
          ? `b::jsonb = (${value})::jsonb`
          : `b::text = (${value})::${to}::text`;
        expect(await values(session, `SELECT ${same} FROM a WHERE b IS NOT NULL`)).toEqual([true]);
      });
    });

    test('they are rounded where the author has agreed', async () => {
      await withDatabase(server, async (session) => {
        const start = record((op) => op.createTable('a', [op.column('b', op.t.double())]));
        const schema = await run(session, start, emptySchema);
        await session.query('INSERT INTO a VALUES (1.6)');
        const change = { type: { kind: 'integer' }, allowDataLoss: true } as const;
        await run(
          session,
          record((op) => op.alterColumn('a', 'b', change)),
          schema,
        );
        expect(await values(session, 'SELECT b FROM a')).toEqual([2]);
      });
    });

    test.each<[DataType, DataType, unknown[], unknown[]]>([
      [t.text(), t.integer(), ['7', '0', '-12'], ['007', ' 7', '+7', '7.0', '', 'abc', '1e3', '99999999999']],
      [t.string(9), t.smallInteger(), ['32767'], ['40000']],
      [
        t.text(),
        t.numeric(10, 2),
        ['1.5', '1.50', '-0.25', '1e2'],
        ['1.234', '01.5', '1,5', 'NaN ', '.5', '123456789'],
      ],
      [t.text(), t.double(), ['0.1', '1e300', 'NaN', '-Infinity'], ['0.10000000000000000001', 'x']],
      [t.text(), t.float(), ['0.1', '0.1234567'], ['0.123456789']],
      [t.text(), t.boolean(), ['true', 'false'], ['1', 'yes', 'TRUE', 't']],
      [t.integer(), t.boolean(), [0, 1], [2, -1]],
      [t.numeric(), t.boolean(), [0, 1], [0.5]],
      [t.boolean(), t.numeric(3, 1), [true, false], []],
      [t.text(), t.date(), ['2020-02-29'], ['2020-02-30', '01/02/2020', '20200102', '2020-01-02 00:00:00']],
      [
        t.text(),
        t.dateTime(),
        ['2020-01-02 03:04:05', '2020-01-02T03:04:05.123456', 'infinity'],
        ['2020-01-02', '2020-01-02 03:04:05Z', '2020-01-02 23:59:60', '2020-01-02 03:04:05.1234567'],
      ],
      [
        t.text(),
        t.dateTime({ timezone: true }),
        ['2020-01-02 03:04:05+00', '2020-01-02T03:04:05.1Z', '2020-01-02 03:04:05.5-03:30'],
        ['2020-01-02 03:04:05', '2020-01-02 03:04:05 CET'],
      ],
      [t.text(), t.time(), ['10:00:00', '23:59:59.5'], ['10:00', '24:00:00', '10:00:00+01']],
      [t.text(), t.json(), ['{"b": 1,"a":[]}', '5', '"x"'], ['{"a":1,"a":1}', '{a:1}', '']],
      [
        t.text(),
        t.uuid(),
        ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
        ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'x'],
      ],
      [t.text(), t.binary(), ['\\x00ff', '\\x'], ['abc', '\\xF']],
      [t.text(), t.enum('mood', ['sad', "can't"]), ['sad', "can't"], ['happy', 'SAD', '']],
      [t.text(), raw('integer[]'), ['{1,2}', '{}'], ['{1, 2}', '1']],
      [raw('text[]'), raw('integer[]'), ['{1,2}', '{NULL}'], ['{01}', '{x}']],
      [t.text(), raw('json'), ['{"a": 1,  "a": 2}'], ['{']],
      [raw('json'), t.integer(), ['5'], ['"5"', '5.0', '[5]']],
      [t.text(), raw('inet'), ['10.0.0.1/32', '10.0.0.0/8'], ['10.0.0.1', 'x']],
      [t.date(), t.time(), [], ['2020-01-01']],
      [t.integer(), t.date(), [], [20200101]],
      [t.integer(), t.binary(), [], [5]],
      [t.json(), t.boolean(), ['true'], ['"true"', '1']],
    ])('%j becomes %j by its text: %j do, %j do not', async (from, to, fitting, misfits) => {
      await withDatabase(server, async (session) => {
        await session.query("SET TIME ZONE 'America/New_York'");
        const start = record((op) => op.createTable('a', [op.column('b', from)]));
        const schema = await run(session, start, emptySchema);
        const change = record((op) => op.alterColumn('a', 'b', { type: to }));
        for (const misfit of misfits) {
          await session.query('INSERT INTO a VALUES (NULL), ($1)', [misfit]);
          const before = await values(session, 'SELECT b::text FROM a');
          await expect(run(session, change, schema)).rejects.toThrow(
            /does not convert|out of range|overflow|invalid input syntax|malformed|precision/,
          );
          expect(await values(session, 'SELECT b::text FROM a')).toEqual(before);
          await session.query('DELETE FROM a');
        }
        for (const value of [null, ...fitting]) await session.query('INSERT INTO a VALUES ($1)', [value]);
        const before = await values(session, 'SELECT b::text FROM a');
        await run(session, change, schema);
        expect(await values(session, 'SELECT b IS NULL FROM a')).toEqual(before.map((each) => each === null));
      });
    });

    test('a conversion that PostgreSQL does not make by itself is named where a value is in the way', async () => {
      await withDatabase(server, async (session) => {
        const start = record((op) =>
          op.createTable('a', [op.column('b', op.t.text(), { serverDefault: '1' })]),
        );
        const schema = await run(session, start, emptySchema);
        const to = (kind: 'integer' | 'text', using?: string) =>
          record((op) => op.alterColumn('a', 'b', { type: { kind }, ...(using ? { using } : {}) }));
        await session.query("INSERT INTO a VALUES (NULL), ('7')");
        const changed = await run(session, to('integer'), schema);
        const back = await run(session, to('text'), changed);
        await session.query("INSERT INTO a VALUES ('08')");
        await expect(run(session, to('integer'), back)).rejects.toThrow(
          /does not convert \{rows\} value\(s\) of column "b" of "a", such as \{example\}, from TEXT to INTEGER by itself.*using: '"b"::INTEGER'/,
        );
        await run(session, to('integer', '"b"::INTEGER'), back);
        await session.query('INSERT INTO a DEFAULT VALUES');
        expect(await values(session, 'SELECT b FROM a ORDER BY b')).toEqual([1, 7, 8, null]);
      });
    });
  });

  test('times keep their moment in UTC, whatever the time zone of the session', async () => {
    await withDatabase(server, async (session) => {
      const start = record((op) => op.createTable('a', [op.column('b', op.t.dateTime())]));
      let schema = await run(session, start, emptySchema);
      await session.query("INSERT INTO a VALUES ('2020-07-01 12:00')");
      await session.query("SET TIME ZONE 'America/New_York'");
      const alter = (timezone: boolean) =>
        record((op) => op.alterColumn('a', 'b', { type: op.t.dateTime({ timezone }) }));
      schema = await run(session, alter(true), schema);
      expect(await values(session, "SELECT (b AT TIME ZONE 'UTC')::text FROM a")).toEqual([
        '2020-07-01 12:00:00',
      ]);
      await run(session, alter(false), schema);
      expect(await values(session, 'SELECT b::text FROM a')).toEqual(['2020-07-01 12:00:00']);
    });
  });

  test('an enumeration changes in every column that has it, with rows, defaults, checks and indexes', async () => {
    await withDatabase(server, async (session) => {
      const start = record((op) => {
        const mood = op.t.enum('mood', ['happy', 'sad']);
        op.createTable('a', [
          op.column('b', mood, { serverDefault: 'sad', check: "b <> 'happy'" }),
          op.column('c', mood, { unique: true }),
        ]);
        op.createIndex('idx_a', 'a', ['c'], { where: "b = 'sad'" });
      });
      const schema = await run(session, start, emptySchema);
      await session.query("INSERT INTO a VALUES ('sad', 'happy'), ('sad', NULL)");
      const change = (values: string[]) =>
        record((op) => op.alterColumn('a', 'b', { type: op.t.enum('mood', values) }));
      await expect(run(session, change(['sad', 'angry']), schema)).rejects.toThrow(
        'column "c" of "a" are not in the enumeration "mood" any more',
      );
      await run(session, change(['angry', 'sad', 'happy']), schema);
      await session.query("INSERT INTO a (c) VALUES ('angry')");
      expect(await values(session, 'SELECT c FROM a ORDER BY c')).toEqual(['angry', 'happy', null]);
      await expect(session.query("INSERT INTO a VALUES ('happy')")).rejects.toMatchObject({ code: '23514' });
    });
  });

  test('filling in under a key that is checked at the end does not keep the column from being altered', async () => {
    await withDatabase(server, async (session) => {
      const start = record((op) => {
        op.createTable('a', [op.column('id', op.t.integer(), { primaryKey: true })]);
        op.createTable('b', [
          op.column('a_id', op.t.integer()),
          op.foreignKey(['a_id'], 'a', ['id'], { deferrable: 'initially deferred' }),
        ]);
      });
      const schema = await run(session, start, emptySchema);
      await session.query('INSERT INTO a DEFAULT VALUES');
      await session.query('INSERT INTO b VALUES (NULL)');
      const fill = (backfill: number) =>
        record((op) => op.alterColumn('b', 'a_id', { nullable: false, backfill }));
      await expect(run(session, fill(7), schema)).rejects.toMatchObject({ code: '23503' });
      await run(session, fill(1), schema);
      expect(await values(session, 'SELECT a_id FROM b')).toEqual([1]);
    });
  });

  test('NOT NULL without keeping writers out: others can write while rows are read, and it can be taken up', async () => {
    await withDatabase(server, async (session) => {
      const start = record((op) => op.createTable('a', [op.column('b', op.t.integer())]));
      const schema = await run(session, start, emptySchema);
      await session.query('INSERT INTO a VALUES (NULL), (2)');
      const change = record((op) => op.alterColumn('a', 'b', { nullable: false, concurrently: true }));
      await expect(run(session, change, schema)).rejects.toMatchObject({ code: '23514' });
      await session.query('UPDATE a SET b = 1 WHERE b IS NULL');
      await run(session, change, schema);
      const { tables } = await postgresqlDialect.inspect(session);
      expect(tables[0]).toMatchObject({ columns: [{ name: 'b', nullable: false }], checks: [] });
    });
  });
});
