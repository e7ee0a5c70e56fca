import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lendDatabase } from '../../../tooling/jest/lend-database.ts';
import { postgresqlServers } from '../../../tooling/jest/postgresql.ts';
import { type Driver, openDriver, upgrade } from '../src/engine.ts';

const script = `
export const revision = 'aaaa00000000';
export const downRevision = null;
export function upgrade(op) {
  const { t, column } = op;
  op.createTable('x', [column('id', t.integer(), { primaryKey: true }), column('at', t.dateTime()), column('ok', t.boolean()), column('n', t.string())]);
  op.run(async (db) => {
    await db.insertInto('x').values([
      { at: new Date('2026-01-31T23:30:00Z'), ok: true, n: 5 },
      { at: new Date('2026-02-01T00:00:00Z'), ok: false, n: 6 },
    ]).execute();
    await db.updateTable('x').set({ n: 'seen' }).where('at', 'in', [new Date('2026-01-31T23:30:00Z')]).where('ok', '=', true).execute();
  });
}
export function downgrade(op) { op.dropTable('x'); }
`;

const engines = [
  {
    name: 'SQLite',
    at: 'at',
    open: async () => ({
      driver: openDriver({ dialect: 'sqlite', path: ':memory:' }),
      drop: async () => undefined,
    }),
  },
  ...postgresqlServers().map((server) => ({
    name: server.name,
    at: "to_char(at, 'YYYY-MM-DD HH24:MI:SS.US')",
    open: async () => {
      const { url, drop } = await lendDatabase(server);
      const { username, hostname, port, pathname, searchParams } = new URL(url);
      const driver = openDriver({
        dialect: 'postgresql',
        user: decodeURIComponent(username),
        host: searchParams.get('host') ?? hostname,
        port: Number(searchParams.get('port') ?? (port || 5432)),
        database: decodeURIComponent(pathname.slice(1)),
      });
      return { driver, drop };
    },
  })),
];

const rowsOf = async (driver: Driver, at: string) =>
  (await driver.withSession((session) => session.query(`SELECT ${at} AS at, ok, n FROM x ORDER BY id`))).rows;

test.each(engines)('a data step writes dates in UTC and booleans on $name', async ({ open, at }) => {
  const directory = await mkdtemp(join(tmpdir(), 'data-step-values-'));
  await mkdir(join(directory, 'versions'));
  await writeFile(join(directory, 'versions', 'a.mjs'), script);
  const zone = process.env.TZ;
  process.env.TZ = 'America/New_York';
  const { driver, drop } = await open();
  try {
    await upgrade({ scripts: { directory }, driver });
    const rows = (await rowsOf(driver, at)).map((row) => ({ ...row, ok: Boolean(row.ok) }));
    expect(rows).toEqual([
      { at: '2026-01-31 23:30:00.000000', ok: true, n: 'seen' },
      { at: '2026-02-01 00:00:00.000000', ok: false, n: '6' },
    ]);
  } finally {
    process.env.TZ = zone;
    await driver.close();
    await drop();
    await rm(directory, { recursive: true });
  }
});
