import { type DataType, t } from '../../schema/data-type.ts';
import { localizeType, parseType, renderType } from './data-type.ts';

const raw = (text: string): DataType => t.raw({ sqlite: text, postgresql: text });

describe('a type as PostgreSQL spells it', () => {
  test.each<[DataType, string]>([
    [t.integer(), 'INTEGER'],
    [t.smallInteger(), 'SMALLINT'],
    [t.bigInteger(), 'BIGINT'],
    [t.string(), 'VARCHAR'],
    [t.string(200), 'VARCHAR(200)'],
    [t.text(), 'TEXT'],
    [t.boolean(), 'BOOLEAN'],
    [t.dateTime(), 'TIMESTAMP WITHOUT TIME ZONE'],
    [t.dateTime({ timezone: true }), 'TIMESTAMP WITH TIME ZONE'],
    [t.date(), 'DATE'],
    [t.time(), 'TIME WITHOUT TIME ZONE'],
    [t.float(), 'REAL'],
    [t.double(), 'DOUBLE PRECISION'],
    [t.numeric(), 'NUMERIC'],
    [t.numeric(10), 'NUMERIC(10, 0)'],
    [t.numeric(10, 2), 'NUMERIC(10, 2)'],
    [t.json(), 'JSONB'],
    [t.binary(), 'BYTEA'],
    [t.uuid(), 'UUID'],
    [t.enum('a "mood"', ['x']), '"a ""mood"""'],
    [raw('int4'), 'INTEGER'],
    [raw('INET'), 'inet'],
  ])('%j is %s', (type, expected) => {
    expect(renderType(type)).toBe(expected);
  });
});

describe('a type as format_type or an author spells it', () => {
  test.each<[string, DataType]>([
    ['integer', t.integer()],
    ['INT', t.integer()],
    ['int8', t.bigInteger()],
    ['pg_catalog.int2', t.smallInteger()],
    ['character varying(20)', t.string(20)],
    ['varchar ( 20 )', t.string(20)],
    ['varchar', t.string()],
    ['bool', t.boolean()],
    ['timestamp without time zone', t.dateTime()],
    ['timestamptz', t.dateTime({ timezone: true })],
    ['TIMESTAMP  WITH TIME ZONE', t.dateTime({ timezone: true })],
    ['time', t.time()],
    ['float', t.double()],
    ['float(24)', t.float()],
    ['float(25)', t.double()],
    ['decimal(8,2)', t.numeric(8, 2)],
    ['numeric(8)', t.numeric(8, 0)],
    ['jsonb', t.json()],
    ['json', raw('json')],
    ['timestamptz(3)', raw('timestamp(3) with time zone')],
    ['timestamp(3) without time zone', raw('timestamp(3) without time zone')],
    ['char', raw('character(1)')],
    ['char(3)', raw('character(3)')],
    ['varchar(10)[3][]', raw('character varying(10)[]')],
    ['integer []', raw('integer[]')],
    ['numeric( 8 , 2 )[]', raw('numeric(8,2)[]')],
    ['"My Type"', raw('"My Type"')],
    ['other."Type"', raw('other."Type"')],
    ['geometry(Point,4326)', raw('geometry(point,4326)')],
  ])('%s is read as %j', (text, expected) => {
    expect(parseType(text)).toEqual(expected);
  });
});

test('a scale that was left out is none', () => {
  expect(localizeType(t.numeric(5))).toEqual(t.numeric(5, 0));
});
