import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { Operations } from '../../packages/migrator/src/engine.ts';
import { createDatabase, postgresqlServers } from '../jest/postgresql.ts';

const root = join(import.meta.dirname, '..', '..');
const databases = join(root, 'packages/models/test/oracle/databases');
const project = join(root, 'examples/mikro-orm-project');

/** The commands that a guide prints below a heading. */
function commandsOf(guide: string, heading = ''): readonly string[] {
  const text = readFileSync(join(root, 'docs/guides', `${guide}.md`), 'utf8');
  const part = text.slice(text.indexOf(heading)).split(/^## /m)[heading === '' ? 0 : 1] ?? '';
  const blocks = [...part.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map((match) => match[1] ?? '');
  return blocks.flatMap((block) => block.trim().split(/\n\s*/));
}

/** Runs a command as a guide prints it. */
function run(command: string, folder: string, url: string) {
  const [program, ...args] = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  if (program !== 'freshmaker') throw new Error(`A guide prints ${command}, which is not tested.`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/.bin/freshmaker'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NODE_ENV: 'development', FRESHMAKER_DATABASE_URL: url },
    },
  );
  return { command, status, stdout, failure: status === 0 ? '' : stdout + stderr };
}

const engines = [
  {
    name: 'sqlite',
    open: async (folder: string, dump: string) => {
      const database = new Database(join(folder, 'service.db'));
      database.exec(dump);
      database.close();
      return { url: `sqlite:///${join(folder, 'service.db')}`, drop: async () => {} };
    },
  },
  ...postgresqlServers()
    .slice(0, 1)
    .map((server) => ({
      name: 'postgresql',
      open: async (_: string, dump: string) => {
        const database = await createDatabase(server);
        const client = new pg.Client({ connectionString: database.url });
        await client.connect();
        try {
          await client.query(dump);
        } finally {
          await client.end();
        }
        return database;
      },
    })),
];

describe("the Alembic guide's steps take over the Python service's database", () => {
  test.each(
    engines.flatMap(({ name, open }) =>
      readdirSync(databases)
        .filter((file) => file.startsWith(`${name}-`))
        .map((file) => ({ file, open })),
    ),
  )('$file', async ({ file, open }) => {
    const folder = mkdtempSync(join(tmpdir(), 'guides-'));
    const { url, drop } = await open(folder, readFileSync(join(databases, file), 'utf8'));
    try {
      const commands = commandsOf('alembic', "## Freshmaker's own database");
      expect(commands).toEqual(
        ['current', 'upgrade --plan', 'upgrade', 'check', 'current --check-heads'].map(
          (each) => `freshmaker db ${each}`,
        ),
      );
      const results = commands.map((command) => run(command, folder, url));
      expect(results.map(({ command, failure }) => ({ command, failure }))).toEqual(
        commands.map((command) => ({ command, failure: '' })),
      );
      const recorded = /-at-(\w+)\.sql$/.exec(file)?.[1] ?? '';
      expect(results[0]?.stdout).toContain(recorded === 'head' ? '(head)' : recorded);
      expect(results.at(-1)?.stdout).toContain('(head)');
    } finally {
      await drop();
      rmSync(folder, { recursive: true });
    }
  });
});

/** A database with a row, brought where it is by MikroORM's own migrator. */
const oldProject = (driver: string, connection: string) => `import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/${driver}';
import { Author } from './src/entities/author.ts';
import { Book } from './src/entities/book.ts';
import { Loan } from './src/entities/loan.ts';

const orm = await MikroORM.init({
  entities: [Author, Book, Loan],
  ${connection},
  extensions: [Migrator],
  migrations: { path: 'old', silent: true, snapshot: false },
});
await orm.migrator.create();
await orm.migrator.up();
const em = orm.em.fork();
em.create(Author, { name: 'Ursula K. Le Guin', sortName: 'Le Guin, Ursula K.' });
await em.flush();
console.log(await em.count(Author));
await orm.close(true);
`;

describe('the guides begin a history where a database is', () => {
  let folder: string;

  beforeEach(() => {
    mkdirSync(join(project, '.run'), { recursive: true });
    folder = mkdtempSync(join(project, '.run', 'guide-'));
    for (const part of ['package.json', 'mikro-orm.config.ts', 'src']) {
      cpSync(join(project, part), join(folder, part), { recursive: true });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const configuration = (directory: string, exclude: readonly string[]) =>
    writeFileSync(
      join(folder, 'freshmaker.config.ts'),
      `export default ${JSON.stringify({ directory, exclude, mikroOrm: './mikro-orm.config.ts' })};\n`,
    );
  const live = () => `sqlite:///${join(folder, 'live.db')}`;
  /** A database with the project's tables, which `change` makes look like another program's. */
  function leave(change: string): void {
    const made = run(`freshmaker db upgrade --directory ${join(project, 'migrations')}`, folder, live());
    expect(made.failure).toBe('');
    const database = new Database(join(folder, 'live.db'));
    database.exec(change);
    database.close();
  }

  test('Alembic', () => {
    leave("UPDATE alembic_version SET version_num = '1975ea83b712'");
    mkdirSync(join(folder, 'migrations/versions'), { recursive: true });
    configuration('migrations', []);
    const commands = commandsOf('alembic', "## Another project's database");
    const results = commands.map((command) => run(command, folder, live()));
    expect(results.map((each) => each.failure)).toEqual(['', '', '']);
    expect(results[1]?.stdout).toContain('1975ea83b712 (head)');
  });

  test.each([
    // MikroORM's own table is nobody's business by itself.
    ['mikro-orm', 'mikro_orm_migrations', [], 0],
    ['prisma', '_prisma_migrations', ['_prisma_migrations'], 1],
  ])('%s', (guide, table, exclude, statusWithout) => {
    leave(`DROP TABLE alembic_version; CREATE TABLE ${table} (id INTEGER PRIMARY KEY, name TEXT)`);
    const [init = '', ...others] = commandsOf(guide);
    expect(run(init, folder, live()).failure).toBe('');
    configuration('revisions', exclude);
    const results = others.map((command) => run(command, folder, live()));
    expect(results.map(({ command, failure }) => ({ command, failure }))).toEqual(
      others.map((command) => ({ command, failure: '' })),
    );
    expect(results[0]?.stdout).toContain('say so with `freshmaker db stamp head`');
    configuration('revisions', []);
    expect(run('freshmaker db check', folder, live()).status).toBe(statusWithout);
  });

  const oldDatabases = [
    {
      name: 'SQLite',
      driver: 'sqlite',
      changes: true,
      create: async (at: string) => {
        const path = join(at, 'library.db');
        return { url: `sqlite:///${path}`, connection: `dbName: '${path}'`, drop: async () => {} };
      },
    },
    ...postgresqlServers()
      .slice(0, 1)
      .map((server) => ({
        name: 'PostgreSQL',
        driver: 'postgresql',
        changes: false,
        create: async () => {
          const { url, drop } = await createDatabase(server);
          const dbName = new URL(url).pathname.slice(1);
          const options = `driverOptions: { connectionString: ${JSON.stringify(url)} }`;
          return { url, connection: `dbName: '${dbName}', ${options}`, drop };
        },
      })),
  ];

  test.each(oldDatabases)("MikroORM's own migrator, on $name", async ({ driver, create, changes }) => {
    const { url, connection, drop } = await create(folder);
    try {
      // A program of its own, where MikroORM is found.
      writeFileSync(join(folder, 'old.ts'), oldProject(driver, connection));
      const made = spawnSync(process.execPath, ['old.ts'], { cwd: folder, encoding: 'utf8' });
      expect(made).toMatchObject({ status: 0, stdout: '1\n', stderr: '' });

      const [init = '', ...others] = commandsOf('mikro-orm');
      expect(run(init, folder, url).failure).toBe('');
      configuration('revisions', []);
      const results = others.map((command) => run(command, folder, url));
      expect(results.map(({ command, failure }) => ({ command, failure }))).toEqual(
        others.map((command) => ({ command, failure: '' })),
      );
      expect(readdirSync(join(folder, 'revisions/versions'))).toHaveLength(changes ? 2 : 1);
      expect(await namesOfAuthors(url)).toEqual([{ name: 'Ursula K. Le Guin' }]);
      // The history makes new databases, too.
      const fresh = `sqlite:///${join(folder, 'fresh.db')}`;
      expect(run('freshmaker db upgrade', folder, fresh).failure).toBe('');
      expect(run('freshmaker db check', folder, fresh).failure).toBe('');
    } finally {
      await drop();
    }
  });
});

async function namesOfAuthors(url: string): Promise<readonly unknown[]> {
  const query = 'SELECT name FROM author';
  if (url.startsWith('sqlite:///')) {
    const database = new Database(url.slice('sqlite:///'.length));
    const rows = database.prepare(query).all();
    database.close();
    return rows;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(query);
  await client.end();
  return rows;
}

test("the Alembic guide's operations are those of scripts", () => {
  const text = readFileSync(join(root, 'docs/guides/alembic.md'), 'utf8');
  const calls = [...text.matchAll(/\| `(op\.\w+\([^`…]*\))` \|$/gm)].map((match) => match[1] ?? '');
  expect(calls.length).toBeGreaterThan(4);
  for (const call of calls) {
    const op = new Operations();
    new Function('op', 'column', 't', call)(op, op.column, op.t);
    expect(op.recorded).toHaveLength(1);
  }
});
