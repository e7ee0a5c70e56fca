import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const readme = read('README.md');
const table = (readme.split('## What it has that others lack\n')[1] ?? '').split('\n## ')[0] ?? '';
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .slice(1)
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | ?\|$/g, '')));

describe('what the README says it has', () => {
  test('is a table of claims, proofs and how others do', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row).toHaveLength(3);
  });

  test.each(rows.map(([claim = '', proof = '']) => ({ claim, proof })))('$claim', ({ proof }) => {
    const [, title = '', path = ''] = /^\[(.+)\]\((\S+\.test\.ts)\)$/.exec(proof) ?? [];
    expect(title).not.toBe('');
    expect(read(path)).toContain(title);
  });

  test("MikroORM's migrator takes no lock", () => {
    const files = globSync('node_modules/@mikro-orm/migrations/*.js', { cwd: root });
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((path) => /lock/i.test(read(path)))).toEqual([]);
    expect(JSON.parse(read('node_modules/@mikro-orm/migrations/package.json')).version).toBe('7.2.1');
  });

  test('the numbers of the comparison are those that are checked', () => {
    const [, changes, rowsLost, values] =
      /of the same (\d+) changes MikroORM 7\.2\.1 loses rows in (\d+) and values in (\d+)/.exec(table) ?? [];
    const checked = read('packages/migrator/README.md');
    expect(checked).toContain(`| MikroORM 7.2.1 | of ${changes} scenarios |`);
    expect(checked).toContain(`| rows lost | ${rowsLost} |`);
    expect(checked).toContain(`| values lost or changed | ${values} |`);
  });
});

/** Headings as GitHub makes anchors of them. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const documents = globSync(
  '{*.md,docs/**/*.md,packages/*/README.md,examples/*/README.md,packages/*/test/golden/*.md}',
  {
    cwd: root,
  },
);
const links = documents.flatMap((document) =>
  [
    ...read(document)
      .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map((match) => ({
    document,
    link: match[1] ?? '',
  })),
);

describe('links in documents', () => {
  test('are found', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/reference/commands.md']));
    expect(links.length).toBeGreaterThan(60);
  });

  const local = links.filter(({ link }) => !/^https?:/.test(link));
  test.each(local)('$link of $document', ({ document, link }) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    expect(existsSync(join(root, target))).toBe(true);
    if (anchor !== undefined && statSync(join(root, target)).isFile()) {
      expect(anchorsOf(read(target))).toContain(anchor);
    }
  });
});
