import fc from 'fast-check';
import { MigratorError } from '../errors.ts';
import {
  flagName,
  parseColumnSql,
  parseDecisions,
  parseDropConsent,
  parseRename,
  typedFlag,
} from './decision-flags.ts';

test.each([
  ['users:accounts', { table: null, from: 'users', to: 'accounts' }],
  ['events.title:headline', { table: 'events', from: 'title', to: 'headline' }],
  ['"a.b":c', { table: null, from: 'a.b', to: 'c' }],
  ['"a.b"."c:d":"e""f"', { table: 'a.b', from: 'c:d', to: 'e"f' }],
  ['with space.a b:c', { table: 'with space', from: 'a b', to: 'c' }],
  ['Ünï.ß:ſ', { table: 'Ünï', from: 'ß', to: 'ſ' }],
])('--rename %s', (text, expected) => {
  expect(parseRename(text)).toEqual(expected);
});

test.each([
  ['events', { table: 'events', column: null }],
  ['events.title', { table: 'events', column: 'title' }],
  ['"events.title"', { table: 'events.title', column: null }],
])('--allow-drop %s', (text, expected) => {
  expect(parseDropConsent(text)).toEqual(expected);
});

test.each([
  ["events.title=''", { table: 'events', column: 'title', sql: "''" }],
  ['events.total=a.b + 1 = 2', { table: 'events', column: 'total', sql: 'a.b + 1 = 2' }],
  ['"e=v"."t.c"=x', { table: 'e=v', column: 't.c', sql: 'x' }],
])('--backfill %s', (text, expected) => {
  expect(parseColumnSql('--backfill', text)).toEqual(expected);
});

test.each([
  [{ rename: [''] }, '--rename'],
  [{ rename: ['a'] }, '--rename'],
  [{ rename: ['a.b'] }, '--rename'],
  [{ rename: ['a:b:c'] }, '--rename'],
  [{ rename: ['a.b.c:d'] }, '--rename'],
  [{ rename: ['a.b:c.d'] }, '--rename'],
  [{ rename: ['a:'] }, '--rename'],
  [{ rename: ['"a:b'] }, '--rename'],
  [{ rename: ['a:b=c'] }, '--rename'],
  [{ allowDrop: ['a.b.c'] }, '--allow-drop'],
  [{ allowDrop: ['a:b'] }, '--allow-drop'],
  [{ allowDrop: ['.a'] }, '--allow-drop'],
  [{ backfill: ['a.b'] }, '--backfill'],
  [{ backfill: ['a=1'] }, '--backfill'],
  [{ backfill: ['a.b='] }, '--backfill'],
  [{ using: ['a.b:c=1'] }, '--using'],
])('%j is refused', (flags, name) => {
  const refused = (() => {
    try {
      return parseDecisions(flags);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(MigratorError);
  expect(refused).toMatchObject({ code: 'USAGE_INVALID', facts: { flag: name } });
  expect((refused as MigratorError).hint).toContain(name);
});

test('any name comes back from the way it is written', () => {
  const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((each) => !each.includes('\0'));
  fc.assert(
    fc.property(name, name, name, (table, from, to) => {
      expect(parseRename(`${flagName(table)}.${flagName(from)}:${flagName(to)}`)).toEqual({
        table,
        from,
        to,
      });
      expect(parseDropConsent(flagName(table))).toEqual({ table, column: null });
      const sql = `'${to.replaceAll("'", "''")}'`;
      expect(parseColumnSql('--using', `${flagName(table)}.${flagName(from)}= ${sql} `)).toEqual({
        table,
        column: from,
        sql,
      });
    }),
    { numRuns: 300 },
  );
});

test.each([
  [['--allow-drop', 'events.title'], '--allow-drop events.title'],
  [['--rename', 'events."a b":c'], `--rename 'events."a b":c'`],
  [['--backfill', "a.b='x'"], `--backfill 'a.b='\\''x'\\'''`],
] as const)('%j is typed as %s', (flag, typed) => {
  expect(typedFlag(flag)).toBe(typed);
});

test.each(['a.b=x, y', "a.b='x", 'a.b=lower(c', 'a.b=c; DROP TABLE a'])('%s is no expression', (text) => {
  expect(() => parseColumnSql('--backfill', text)).toThrow(
    expect.objectContaining({
      code: 'USAGE_INVALID',
      message: expect.stringContaining(`The SQL of --backfill ${text} is no expression: it has `),
    }),
  );
});
