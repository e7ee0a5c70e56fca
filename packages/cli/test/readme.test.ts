import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core';
import { loadOptions } from '../src/oclif-options.ts';
import { runJson, temporaryFolder } from './run-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');

const commands = globSync('**/*.ts', { cwd: `${root}src/commands` })
  .map((file) => file.replace(/\.ts$/, '').replaceAll('/', ' '))
  .filter((name) => name !== 'complete')
  .toSorted();

test.each(commands)('%s is in the README, and its help has examples', async (name) => {
  expect(readme).toContain(`\`${name}`);
  const { commands: known } = await Config.load(await loadOptions());
  const command = known.find(({ id }) => id === name.replaceAll(' ', ':'));
  expect(command?.summary).toBeTruthy();
  expect(command?.examples?.length).toBeGreaterThan(0);
});

test('the table of keys is that of the configuration', async () => {
  using folder = temporaryFolder();
  writeFileSync(folder.file('freshmaker.config.json'), '{"no such key": 1}');
  const { document } = await runJson<{ error: { hint: string } }>(['db', 'heads'], { cwd: folder.path });
  const keys = document.error.hint.replace('Its keys are ', '').replace('.', '').split(', ');
  expect(keys).toContain('databaseUrl');
  const table = /## The configuration file[\s\S]*?\n## /.exec(readme)?.[0] ?? '';
  expect(keys.filter((key) => !table.includes(`\`${key}\``))).toEqual([]);
});
