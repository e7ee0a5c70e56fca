import { postgresqlDialect } from '../../dialects/postgresql/dialect.ts';
import { sqliteDialect } from '../../dialects/sqlite/dialect.ts';
import { Operations } from '../../operations/operations.ts';
import { fingerprintOf, splitSegments } from './split-segments.ts';

function recorded(script: (op: Operations) => void) {
  const op = new Operations();
  script(op);
  return op.recorded;
}

/** `[a b]` for a transaction, `a` for an operation outside one. */
function shape(operations: ReturnType<typeof recorded>, dialect: typeof sqliteDialect): string {
  return splitSegments(operations, dialect)
    .map((segment) =>
      segment.kind === 'outside'
        ? segment.operation.kind
        : `[${segment.operations.map((each) => each.kind).join(' ')}]`,
    )
    .join(' ');
}

const nothing = async () => undefined;

test.each<[string, (op: Operations) => void, string, string]>([
  ['nothing', () => undefined, '', ''],
  [
    'only what can be together',
    (op) => {
      op.createTable('a', [op.column('b', op.t.integer())]);
      op.bulkInsert('a', [{ b: 1 }]);
      op.run(nothing);
      op.createIndex('i', 'a', ['b']);
    },
    '[createTable bulkInsert run createIndex]',
    '[createTable bulkInsert run createIndex]',
  ],
  [
    'concurrent indexes',
    (op) => {
      op.execute('SELECT 1');
      op.createIndex('i', 'a', ['b'], { concurrently: true });
      op.dropIndex('j', 'a', { concurrently: true });
      op.execute('SELECT 1');
    },
    '[execute createIndex dropIndex execute]',
    '[execute] createIndex dropIndex [execute]',
  ],
  [
    'reading a big table',
    (op) => {
      op.alterColumn('a', 'b', { nullable: false, concurrently: true });
      op.validateConstraint('c', 'a');
      op.alterColumn('a', 'b', { nullable: true });
    },
    '[alterColumn validateConstraint alterColumn]',
    'alterColumn validateConstraint [alterColumn]',
  ],
  [
    'a data step outside',
    (op) => {
      op.run(nothing);
      op.run(nothing, { transactional: false });
      op.run(nothing);
    },
    '[run] run [run]',
    '[run] run [run]',
  ],
])('%s', (_, script, sqlite, postgresql) => {
  expect(shape(recorded(script), sqliteDialect)).toBe(sqlite);
  expect(shape(recorded(script), postgresqlDialect)).toBe(postgresql);
});

describe('the fingerprint', () => {
  const of = (script: (op: Operations) => void) => fingerprintOf(recorded(script));

  test('is the same for the same operations, whatever a function does', () => {
    const big = (op: Operations) =>
      op.bulkInsert('a', [{ b: 2n ** 63n, c: new Date(0), d: Buffer.from('x') }]);
    expect(of(big)).toBe(of(big));
    expect(of((op) => op.run(nothing))).toBe(of((op) => op.run(async () => void 1)));
  });

  test.each<[string, (op: Operations) => void]>([
    ['another table', (op) => op.dropColumn('b', 'x')],
    ['another column', (op) => op.dropColumn('a', 'y')],
    ['one more', (op) => ['x', 'y'].forEach((name) => void op.dropColumn('a', name))],
  ])('differs for %s', (_, script) => {
    expect(of(script)).not.toBe(of((op) => op.dropColumn('a', 'x')));
  });
});
