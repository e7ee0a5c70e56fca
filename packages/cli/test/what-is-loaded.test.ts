import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type PostgresqlServer, startPostgresqlServer } from '../../testing/src/postgresql-server/index.ts';
import { temporaryFolder } from './run-cli.ts';
import { type ScratchClone, scratchClone } from './scratch-clone.ts';

let clone: ScratchClone;
let server: PostgresqlServer;
beforeAll(async () => {
  clone = scratchClone();
  server = await startPostgresqlServer({ tcp: true });
});
afterAll(async () => {
  clone[Symbol.dispose]();
  await server.stop();
});

/** Writes down, when the process ends, what it has loaded: modules, and scripts of a bundle. */
const tracer = `const [{ registerHooks }, { writeFileSync }, { pathToFileURL }, vm] =
  ['module', 'fs', 'url', 'vm'].map(process.getBuiltinModule);
const urls = [];
registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    urls.push(pathToFileURL(options.filename).href);
  }
};
process.on('exit', () => writeFileSync(process.env.TRACE, JSON.stringify({ urls, builtin: process.moduleLoadList })));`;

/** The packages that files of were loaded, with the parts of Node. Of the bundle's files the source maps tell them. */
async function loadedBy(argv: readonly string[], url?: string, code = 0) {
  using folder = temporaryFolder();
  const env = {
    TRACE: folder.file('trace'),
    FRESHMAKER_DATABASE_URL: url ?? `sqlite:///${folder.file('test.db')}`,
  };
  const options = ['--import', `data:text/javascript,${encodeURIComponent(tracer)}`];
  expect(await clone.run(['db', 'upgrade', '-q'], { env })).toMatchObject({ code: 0 });
  expect(await clone.run(argv, { env, options })).toMatchObject({ code });
  const { urls, builtin } = JSON.parse(readFileSync(env.TRACE, 'utf8'));
  const files = (urls as string[]).filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url));
  expect(files.some((file) => file.includes('/.cache/freshmaker/'))).toBe(true);
  const sources = files.flatMap((file) => {
    const map = `${file}.map`;
    return existsSync(map) ? (JSON.parse(readFileSync(map, 'utf8')).sources as string[]) : [file];
  });
  const packages = sources.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? '');
  return { files, sources, packages: new Set(packages), builtin: new Set<string>(builtin) };
}

/** Parts of Node that take long to load. */
const SLOW = ['crypto', 'child_process', 'worker_threads', 'perf_hooks', 'http', 'repl'].map(
  (name) => `NativeModule ${name}`,
);

const orm = ['@mikro-orm/core', '@mikro-orm/sql'];

test.each([
  [['--version'], ['@oclif/core'], [...orm, 'kysely', 'zod', 'pg', 'better-sqlite3', 'yocto-spinner']],
  [['db', '--help'], ['@oclif/core'], [...orm, 'kysely', 'zod', 'pg', 'better-sqlite3', 'yocto-spinner']],
  [['db', 'heads'], ['@oclif/core'], [...orm, 'kysely', 'zod', 'pg', 'better-sqlite3', 'yocto-spinner']],
  [['db', 'history'], ['@oclif/core'], [...orm, 'kysely', 'zod', 'pg', 'better-sqlite3', 'yocto-spinner']],
  [['db', 'current'], ['better-sqlite3'], [...orm, 'kysely', 'zod', 'pg', 'yocto-spinner']],
  [['db', 'upgrade'], ['better-sqlite3'], [...orm, 'kysely', 'zod', 'pg', 'yocto-spinner']],
  [
    ['db', 'upgrade', '-q', '--database-url', 'sqlite:///:memory:'],
    ['kysely', 'better-sqlite3'],
    [...orm, 'zod', 'pg', 'yocto-spinner'],
  ],
  [['db', 'check'], ['better-sqlite3'], [...orm, 'kysely', 'zod', 'pg', 'yocto-spinner']],
])('%j loads %j, and nothing of %j', async (argv, some, none) => {
  const { packages, builtin } = await loadedBy(argv);
  expect(some.filter((name) => !packages.has(name))).toEqual([]);
  expect(none.filter((name) => packages.has(name))).toEqual([]);
  expect(SLOW.filter((name) => builtin.has(name))).toEqual([]);
});

test.each([['current'], ['check']])(
  '`db %s` on PostgreSQL: cryptography where there is a password',
  async (command) => {
    const { packages, builtin } = await loadedBy(['db', command], server.url);
    expect(packages).toContain('pg');
    expect(packages).not.toContain('better-sqlite3');
    expect(packages).not.toContain('kysely');
    expect(SLOW.filter((name) => builtin.has(name))).toEqual([]);
    const withPassword = await loadedBy(['db', command], server.tcpUrl);
    expect(SLOW.filter((name) => withPassword.builtin.has(name))).toEqual(['NativeModule crypto']);
  },
);

test('a check loads MikroORM for the entities of a project, and not for those that the bundle knows', async () => {
  using folder = temporaryFolder();
  const own = folder.file('own.config.json');
  writeFileSync(own, JSON.stringify({ mikroOrm: { entities: [] } }));
  const check = ['db', 'check', '--scripts'];
  expect((await loadedBy([...check, '--config', own], undefined, 2)).packages).toContain('@mikro-orm/core');
  expect((await loadedBy(check)).packages).not.toContain('@mikro-orm/core');
});

test('what a clone runs are few files, made of its sources', async () => {
  const { files, sources } = await loadedBy(['db', 'current']);
  expect(files.length).toBeLessThan(60);
  const own = sources.filter((path) => /packages\/(cli|migrator)\//.test(path));
  expect(own.length).toBeGreaterThan(100);
  expect(own.filter((path) => !/packages\/\w+\/(src|bin|bundle)\//.test(path))).toEqual([]);
});
