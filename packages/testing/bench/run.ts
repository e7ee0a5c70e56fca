// `npm run bench -w @freshmaker/testing [-- --runs 200] [--engines sqlite,postgresql] [--write] [--json FILE]`: what a database for a
// test costs, beside other ways to have one. Prints Markdown; `--write` puts it into the README, and JSON beside this file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EngineName, engineNames } from '../src/engines/engine.ts';
import type { Measured } from './measure.ts';
import { measurePython } from './python.ts';
import { warmUp, ways } from './ways.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    engines: { type: 'string', default: engineNames.join(',') },
    write: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const runs = Number(values.runs);
const engines = values.engines.split(',') as EngineName[];

interface Line {
  readonly name: string;
  readonly results: Readonly<Partial<Record<EngineName, Measured | null>>>;
}

await warmUp();
const lines: Line[] = [];
for (const way of ways) {
  const results: Partial<Record<EngineName, Measured | null>> = {};
  for (const engine of engines) {
    process.stderr.write(`${way.name} on ${engine}\n`);
    // What takes a tenth of a second need not be repeated as often as what takes a tenth of a millisecond.
    results[engine] = await way.measure(engine, engine === 'sqlite' ? runs : Math.ceil(runs / 10));
  }
  lines.push({ name: way.name, results });
}
const python = await measurePython(Math.ceil(runs / 4));
if (python) lines.push({ name: python.name, results: { sqlite: python.measured } });
else
  process.stderr.write(
    'SQLAlchemy is not installed (apt-get install python3-sqlalchemy): its line is left out.\n',
  );

const titles: Readonly<Record<EngineName, string>> = {
  sqlite: 'SQLite',
  pglite: 'PGlite',
  postgresql: 'PostgreSQL',
};
const milliseconds = (measured: Measured | null | undefined) =>
  measured ? measured.median.toFixed(measured.median < 10 ? 2 : 0) : '–';
const markdown = [
  `| median, in milliseconds | ${engines.map((engine) => titles[engine]).join(' | ')} |`,
  `| --- |${engines.map(() => ' ---: |').join('')}`,
  ...lines.map(
    ({ name, results }) =>
      `| ${name} | ${engines.map((engine) => milliseconds(results[engine])).join(' | ')} |`,
  ),
].join('\n');
process.stdout.write(`${markdown}\n`);

if (values.write) {
  const readme = join(import.meta.dirname, '..', 'README.md');
  const marked = /(<!-- bench -->\n)[\s\S]*?(\n<!-- \/bench -->)/;
  writeFileSync(readme, readFileSync(readme, 'utf8').replace(marked, `$1\n${markdown}\n$2`));
  const results = join(import.meta.dirname, 'results.json');
  writeFileSync(results, `${JSON.stringify({ node: process.version, runs, lines }, null, 2)}\n`);
}
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ node: process.version, runs, lines }));
