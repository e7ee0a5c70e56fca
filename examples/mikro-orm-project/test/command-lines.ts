import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const project = resolve(import.meta.dirname, '..');
const programs = resolve(project, '../../node_modules/.bin');

/** A database that the project may be on. */
export interface Engine {
  readonly name: string;
  /** A new, empty database, and the way to drop it. */
  open(folder: string): Promise<{ readonly url: string; drop(): Promise<void> }>;
}

const [first, second, third] = [
  '4c1a07d2e9b5_create_authors_and_books',
  '9e83b6f4d017_add_loans',
  'd25f90ac3e68_file_authors_by_last_name',
];

/** Both command lines on the example. Each engine has a file of its own: every command is a process, and two run at once. */
export function testCommandLines({ name: engine, open }: Engine): void {
  describe(`the example on ${engine}`, () => {
    let folder: string;
    let database: Awaited<ReturnType<typeof open>>;

    beforeEach(async () => {
      // A copy inside the checkout, where the packages are found: the commands write into it.
      mkdirSync(join(project, '.run'), { recursive: true });
      folder = mkdtempSync(join(project, '.run', 'project-'));
      for (const part of [
        'package.json',
        'mikro-orm.config.ts',
        'freshmaker.config.ts',
        'src',
        'migrations',
      ]) {
        cpSync(join(project, part), join(folder, part), { recursive: true });
      }
      database = await open(folder);
    });
    afterEach(async () => {
      await database.drop();
      rmSync(folder, { recursive: true });
    });

    /** Runs a program of the project; its output without colours and frames, line by line. */
    function run(program: 'mikro-orm' | 'freshmaker', ...args: readonly string[]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(programs, program), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, NODE_ENV: 'development', DATABASE_URL: database.url },
      });
      const lines = stripVTControlCharacters(stdout)
        .split('\n')
        .filter((line) => !/^[┌├└]/.test(line))
        .map((line) => line.replaceAll(/^│ | *│$/g, '').trimEnd())
        .filter((line) => line !== '');
      return { status, lines, stderr };
    }
    const mikroOrm = (...args: readonly string[]) => run('mikro-orm', ...args);
    const freshmaker = (...args: readonly string[]) => run('freshmaker', ...args);
    const freshmakerJson = (...args: readonly string[]) => {
      const { status, lines, stderr } = freshmaker(...args, '--json');
      return { status, stderr, document: JSON.parse(lines.join('\n')) };
    };
    const done = (...lines: readonly string[]) => ({ status: 0, stderr: '', lines });

    test("MikroORM's command line runs the history", () => {
      expect(mikroOrm('migration:pending')).toEqual(done('Name', first, second, third));
      expect(mikroOrm('migration:up').lines.filter((line) => line.includes('Applied'))).toEqual(
        [first, second, third].map((name) => `[migrator] Applied '${name}'`),
      );
      expect(mikroOrm('migration:list').lines).toEqual([
        expect.stringMatching(/^Name +│ Executed at$/),
        `${first}  │ 2026-01-12T09:30:00.000Z`,
        expect.stringContaining(second),
        `${third} │ 2026-03-20T11:45:00.000Z`,
      ]);
      expect(mikroOrm('migration:check')).toEqual(done('No changes required, schema is up-to-date'));

      expect(mikroOrm('migration:down').lines).toContain(`[migrator] Reverted '${third}'`);
      expect(mikroOrm('migration:down', '--to', '0').lines).toContain(`[migrator] Reverted '${first}'`);
      expect(mikroOrm('migration:up', '--to', second).lines).toContain(
        `Successfully migrated up to version ${second}`,
      );
      expect(mikroOrm('migration:up', '--only', third).status).toBe(0);
      expect(mikroOrm('migration:pending')).toEqual(done('No pending migrations'));
    });

    test('what one command line did, the other one sees', () => {
      expect(freshmakerJson('db', 'upgrade', '+2')).toMatchObject({
        status: 0,
        document: { current: ['9e83b6f4d017'] },
      });
      expect(mikroOrm('migration:pending')).toEqual(done('Name', third));
      expect(mikroOrm('migration:up').status).toBe(0);
      expect(freshmakerJson('db', 'current')).toMatchObject({
        status: 0,
        document: { current: [{ revision: 'd25f90ac3e68', isHead: true }] },
      });
      expect(freshmaker('db', 'check').status).toBe(0);
      expect(freshmaker('db', 'check', '--scripts').status).toBe(0);
      expect(freshmaker('db', 'downgrade', 'base').status).toBe(0);
      expect(mikroOrm('migration:list')).toEqual(done('No migrations executed yet'));
    });

    // A process that has TypeScript loaded by jiti takes its time: one of the two is enough for a second database.
    test.each([
      ['mikro-orm', () => mikroOrm('migration:create', '--name', 'Count pages')] as const,
      ...(engine === 'SQLite'
        ? [['freshmaker', () => freshmaker('db', 'migrate', '-m', 'Count pages')] as const]
        : []),
    ])('a change of an entity is written by %s, and run by both', (_, create) => {
      expect(mikroOrm('migration:up').status).toBe(0);
      const book = join(folder, 'src/entities/book.ts');
      const before = readFileSync(book, 'utf8');
      const after = before.replace('author: () =>', 'pages: p.integer().nullable(),\n    author: () =>');
      expect(after).not.toBe(before);
      writeFileSync(book, after);

      expect(mikroOrm('migration:check')).toMatchObject({
        status: 1,
        lines: ['Changes detected. Please create migration to update schema.'],
      });
      expect(freshmaker('db', 'check').status).toBe(1);
      expect(create()).toMatchObject({ status: 0 });

      const scripts = readdirSync(join(folder, 'migrations/versions'));
      expect(scripts).toHaveLength(4);
      const written = scripts.find((name) => name.endsWith('_count_pages.ts')) ?? '';
      const text = readFileSync(join(folder, 'migrations/versions', written), 'utf8');
      expect(text).toContain("downRevision = 'd25f90ac3e68'");
      expect(text).toContain("op.addColumn('book', column('pages', t.integer()));");

      expect(mikroOrm('migration:up').status).toBe(0);
      expect(mikroOrm('migration:check').status).toBe(0);
      expect(mikroOrm('migration:create')).toEqual(done('No changes required, schema is up-to-date'));
      expect(freshmakerJson('db', 'current').document).toMatchObject({
        current: [{ revision: written.slice(0, 12), isHead: true }],
      });
      const blank = mikroOrm('migration:create', '--blank', '--name', 'Tidy up');
      expect(blank.lines).toEqual([expect.stringMatching(/^[0-9a-f]{12}_tidy_up\.ts successfully created$/)]);
      expect(mikroOrm('migration:up').status).toBe(0);
    });
  });
}
