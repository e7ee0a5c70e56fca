import { sql, t } from '@freshmaker/migrator/engine';
import { operationLine } from './operations.ts';

const altered = (from: object, to: object) => ({
  kind: 'alterColumn' as const,
  table: 'events',
  column: 'state',
  from,
  to,
});

test.each([
  [{ kind: 'createTable', table: 'events', columns: ['id'] }, 'createTable events'],
  [{ kind: 'addColumn', table: 'events', column: 'done', type: t.text() }, 'addColumn events.done'],
  [{ kind: 'renameColumn', table: 'events', column: 'a', to: 'b' }, 'renameColumn events.a to b'],
  [
    { kind: 'createIndex', table: 'events', name: 'ix', columns: ['a', 'b'], unique: false },
    'createIndex ix on events (a, b)',
  ],
  [{ kind: 'createTableComment', table: 'events', comment: "it's" }, "createTableComment events: 'it''s'"],
  [{ kind: 'dropTableComment', table: 'events' }, 'dropTableComment events'],
  [{ kind: 'run', table: null }, 'data step'],
  [{ kind: 'execute', table: null, sql: 'VACUUM' }, 'execute VACUUM'],
  [
    { kind: 'execute', table: null, sql: { sqlite: 'VACUUM', postgresql: 'ANALYZE' } },
    'execute VACUUM / ANALYZE',
  ],
  [
    { kind: 'execute', table: null, sql: { sqlite: null, postgresql: "COMMENT ON VIEW\n  events IS 'a'" } },
    "execute COMMENT ON VIEW events IS 'a'",
  ],
  [
    { kind: 'execute', table: null, sql: `UPDATE events SET state = ${'1 + '.repeat(20)}1` },
    `execute UPDATE events SET state = ${'1 + '.repeat(8)}1…`,
  ],
  [altered({ type: t.string(255) }, { type: t.text() }), 'alterColumn events.state: type string(255) → text'],
  [
    altered({ type: t.numeric(10, 2) }, { type: t.dateTime({ timezone: true }) }),
    'alterColumn events.state: type numeric(10, 2) → dateTime with time zone',
  ],
  [
    altered(
      { type: t.enum('state', ['new', "can't"]) },
      { type: t.raw({ sqlite: 'TEXT', postgresql: 'citext' }) },
    ),
    "alterColumn events.state: type enum state ('new', 'can''t') → TEXT / citext",
  ],
  [
    altered({ nullable: true, serverDefault: null }, { nullable: false, serverDefault: 'new' }),
    "alterColumn events.state: nullable true → false, serverDefault none → 'new'",
  ],
  [
    altered({ serverDefault: 0 }, { serverDefault: sql('now()') }),
    'alterColumn events.state: serverDefault 0 → now()',
  ],
  [
    altered({ comment: null, autoincrement: false }, { comment: 'Where it is', autoincrement: 'serial' }),
    "alterColumn events.state: comment none → 'Where it is', autoincrement false → 'serial'",
  ],
] as const)('%j is told as %s', (operation, line) => {
  expect(operationLine(operation)).toBe(line);
});
