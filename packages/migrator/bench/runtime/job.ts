import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { upgrade } from '../../src/commands/upgrade.ts';
import type { Driver, Session } from '../../src/driver/driver.ts';
import { openDriver } from '../../src/runtime/open-driver.ts';

/** One run of one kind of work, in a process of its own. */
export interface Job {
  readonly engine: Engine;
  readonly work: Work;
  /** The path of a SQLite file, or a URL. */
  readonly address: string;
  readonly rows: number;
  /** A folder for scripts. */
  readonly folder: string;
}

export type Engine = 'sqlite' | 'postgresql';
export type Work = 'bare copy' | 'rebuild' | 'bare update' | 'batches' | 'batches outside';

export interface JobResult {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly baseMegabytes: number;
}

/** A table as it may be in earnest: a key, texts, numbers, a date, two indexes. */
const creation = `CREATE TABLE builds (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL, state INTEGER,
  event_id INTEGER, time_submitted VARCHAR(30), args TEXT)`;
const indexes = [
  'CREATE INDEX idx_builds_state ON builds (state)',
  'CREATE INDEX idx_builds_event ON builds (event_id)',
];

const fill = {
  sqlite: (rows: number) =>
    `INSERT INTO builds WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${rows})` +
    " SELECT id, 'name of build ' || id, id % 6, id / 100, '2026-01-01 00:00:00.000000', '{\"number\": ' || id || '}' FROM n",
  postgresql: (rows: number) =>
    "INSERT INTO builds SELECT id, 'name of build ' || id, id % 6, id / 100, '2026-01-01 00:00:00.000000'," +
    ` '{"number": ' || id || '}' FROM generate_series(1, ${rows}) id`,
};

/** The same procedure without any of the care, in one transaction. */
const bareCopy = [
  'BEGIN',
  creation.replace('state INTEGER', 'state INTEGER NOT NULL').replace('TABLE builds', 'TABLE builds_new'),
  'INSERT INTO builds_new SELECT * FROM builds',
  'DROP TABLE builds',
  'ALTER TABLE builds_new RENAME TO builds',
  ...indexes,
  'COMMIT',
];
const bareUpdate = ['BEGIN', 'UPDATE builds SET state = state + 1', 'COMMIT'];

const walk = (transactional: boolean) =>
  `op.run(async (db, context) => {
    for await (const rows of context.batches('builds', { size: 1000 }))
      await db.updateTable('builds').set((eb) => ({ state: eb('state', '+', 1) }))
        .where('id', '>=', rows[0].id).where('id', '<=', rows.at(-1).id).execute();
  }, { transactional: ${transactional} });`;

const scripts: Readonly<Partial<Record<Work, string>>> = {
  rebuild: "op.alterColumn('builds', 'state', { nullable: false });",
  batches: walk(true),
  'batches outside': walk(false),
};

async function run({ engine, work, address, rows, folder }: Job): Promise<JobResult> {
  const driver = open(engine, address);
  try {
    await driver.withSession((session) => runAll(session, [creation, fill[engine](rows), ...indexes]));
    const baseMegabytes = peak();
    const started = performance.now();
    const script = scripts[work];
    if (script === undefined)
      await driver.withSession((session) => runAll(session, work === 'bare copy' ? bareCopy : bareUpdate));
    else await upgrade({ driver, scripts: writeScript(folder, script) }, 'head', { backup: false });
    const seconds = (performance.now() - started) / 1000;
    return { seconds, peakMegabytes: peak(), baseMegabytes };
  } finally {
    await driver.close();
  }
}

function open(engine: Engine, address: string): Driver {
  if (engine === 'sqlite') return openDriver({ dialect: 'sqlite', path: address });
  const { searchParams, port, username, pathname } = new URL(address);
  return openDriver({
    dialect: 'postgresql',
    host: searchParams.get('host') ?? 'localhost',
    port: Number(port),
    user: username,
    database: pathname.slice(1),
  });
}

async function runAll(session: Session, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await session.query(statement);
}

function writeScript(folder: string, body: string): { readonly directory: string } {
  mkdirSync(join(folder, 'versions'));
  writeFileSync(
    join(folder, 'versions', 'aaaa01_work.mjs'),
    `/**\n * Work\n */\nexport const revision = 'aaaa01';\nexport const downRevision = null;\n` +
      `export function upgrade(op) {\n${body}\n}\nexport function downgrade() {}\n`,
  );
  return { directory: folder };
}

/** The most memory this process has had so far, in MB. */
function peak(): number {
  return process.resourceUsage().maxRSS / 1024;
}

process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2] ?? ''))));
