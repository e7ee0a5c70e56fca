import { globSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '@oclif/core';
import { loadOptions } from '../../packages/cli/src/oclif-options.ts';
import type { BaseCommand } from '../../packages/cli/src/run/base-command.ts';

/** A flag as a command's class declares it, as far as the reference shows it. */
interface Flag {
  readonly name: string;
  readonly char?: string;
  readonly description?: string;
  readonly type: 'boolean' | 'option';
  readonly helpValue?: string | readonly string[];
  readonly helpGroup?: string;
  readonly options?: readonly string[];
  readonly default?: unknown;
  readonly exclusive?: readonly (string | object)[];
  readonly dependsOn?: readonly string[];
}

interface Argument {
  readonly name: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly required?: boolean;
  readonly multiple?: boolean;
  readonly options?: readonly string[];
}

interface Example {
  readonly description: string;
  readonly command: string;
}

/** What the reference says of one command. */
export interface CommandEntry {
  /** Its words: `db upgrade`. */
  readonly name: string;
  readonly summary: string;
  readonly description: string | null;
  readonly args: readonly Argument[];
  readonly flags: readonly Flag[];
  readonly examples: readonly Example[];
  /** What the exit code 1 means; null where it does not occur. */
  readonly answersNo: string | null;
}

const sources = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'commands');

/**
 * Reads the classes of all commands that `--help` shows, from the sources.
 *
 * @throws Error when one of them cannot be loaded.
 */
export async function readCommands(): Promise<readonly CommandEntry[]> {
  const config = await Config.load(await loadOptions());
  const all = config.commands.filter((each) => each.pluginName === '@freshmaker/cli');
  const files = globSync('**/*.ts', { cwd: sources });
  // oclif only warns of a command that cannot be loaded, and goes on without it.
  if (all.length !== files.length)
    throw new Error(`Only ${all.length} of ${files.length} commands can be loaded.`);
  const own = all.filter((each) => !each.hidden);
  const entries = await Promise.all(
    own.map(async (loadable): Promise<CommandEntry> => {
      const command = (await loadable.load()) as unknown as typeof BaseCommand;
      const name = loadable.id.replaceAll(':', ' ');
      const shown = (text: string) =>
        text.replaceAll('<%= config.bin %>', config.bin).replaceAll('<%= command.id %>', name);
      return {
        name,
        summary: command.summary ?? '',
        description: command.description ?? null,
        args: named(command.args),
        flags: named(Object.assign({}, command.baseFlags, command.flags)),
        examples: ((command.examples ?? []) as readonly Example[]).map((each) => ({
          description: each.description,
          command: shown(each.command),
        })),
        answersNo: command.answersNo ?? null,
      };
    }),
  );
  return entries.sort(
    (left, right) => order(left.name) - order(right.name) || (left.name < right.name ? -1 : 1),
  );
}

/** Those that stand alone before those of `db`. */
function order(name: string): number {
  return name.startsWith('db ') ? 1 : 0;
}

function named<Described extends { readonly name: string }>(given: object): Described[] {
  return Object.entries(given as Record<string, Described>).map(([name, each]) =>
    Object.assign({}, each, { name }),
  );
}

const GLOBAL = 'GLOBAL';

/** The reference of all commands as Markdown. */
export function renderCommands(commands: readonly CommandEntry[]): string {
  const databases = commands.find((each) => each.name === 'db upgrade')?.flags ?? [];
  const globals = databases.filter((each) => each.helpGroup === GLOBAL);
  return [
    '# Commands',
    '',
    '<!-- Written by `npm run reference` from the classes in packages/cli/src/commands; the tests compare. -->',
    '',
    'In a checkout `./manager` stands for `freshmaker`. What a revision may be, which database is meant and what a',
    "configuration file holds is in the [command line's README](../../packages/cli/README.md); error codes are in",
    '[errors.md](errors.md).',
    '',
    ...commands.map(
      ({ name, summary }) => `* [\`freshmaker ${name}\`](#freshmaker-${slug(name)}): ${summary}`,
    ),
    '',
    '## Flags of every command',
    '',
    ...flagTable(globals),
    '',
    'They may stand before the command as well: `freshmaker --json db current`.',
    '',
    '## Exit codes',
    '',
    '| code | meaning |',
    '| ---: | --- |',
    '| 0 | done, or the answer is yes |',
    '| 1 | the answer is no; below where a command has one |',
    '| 2 | an error, with its [code](errors.md) |',
    '| 130, 143 | ended by Ctrl-C, by SIGTERM; what was not finished is rolled back |',
    '',
    ...commands.flatMap((command) => renderCommand(command, globals)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function renderCommand(command: CommandEntry, globals: readonly Flag[]): string[] {
  const own = command.flags.filter((each) => each.helpGroup !== GLOBAL);
  const missing = globals.filter((flag) => !command.flags.some((each) => each.name === flag.name));
  return [
    `## freshmaker ${command.name}`,
    '',
    command.summary,
    ...(command.description === null ? [] : [command.description]),
    '',
    '```text',
    usage(command, own),
    '```',
    '',
    ...(command.args.length === 0 ? [] : [...argumentTable(command.args), '']),
    ...(own.length === 0 ? [] : [...flagTable(own), '']),
    ...(missing.length === 0
      ? []
      : [`It takes no ${missing.map((flag) => `\`--${flag.name}\``).join(', ')}.`, '']),
    ...(command.answersNo === null ? [] : [`Exit code 1: ${command.answersNo}`, '']),
    '```sh',
    ...command.examples.flatMap((each) => [`# ${each.description}`, each.command]),
    '```',
    '',
  ];
}

function usage({ name, args }: CommandEntry, own: readonly Flag[]): string {
  const words = args.map((each) => {
    const text = `${each.name.toUpperCase()}${each.multiple ? '…' : ''}`;
    return each.required ? text : `[${text}]`;
  });
  return ['freshmaker', name, ...words, ...(own.length > 0 ? ['[flags]'] : [])].join(' ');
}

function argumentTable(args: readonly Argument[]): string[] {
  return [
    '| argument | default | |',
    '| --- | --- | --- |',
    ...args.map((each) =>
      row(`\`${each.name.toUpperCase()}\``, each.required ? 'required' : code(each.default), [
        each.description ?? '',
        ...(each.options ? [`One of ${each.options.map(code).join(', ')}.`] : []),
      ]),
    ),
  ];
}

function flagTable(flags: readonly Flag[]): string[] {
  return [
    '| flag | |',
    '| --- | --- |',
    ...flags.map((each) =>
      row(code(flagText(each)), null, [
        each.description ?? '',
        ...(each.default === undefined || typeof each.default === 'function'
          ? []
          : [`Default ${code(each.default)}.`]),
        ...flagList('Not with', each.exclusive),
        ...flagList('Only with', each.dependsOn),
      ]),
    ),
  ];
}

function flagList(word: string, flags: Flag['exclusive'] = []): string[] {
  const names = flags.filter((each) => typeof each === 'string').map((each) => `\`--${each}\``);
  return names.length === 0 ? [] : [`${word} ${names.join(', ')}.`];
}

function flagText({ name, char, type, helpValue, options }: Flag): string {
  const value = options?.join('|') ?? [helpValue ?? 'VALUE'].flat().join(' ');
  return `${char === undefined ? '' : `-${char}, `}--${name}${type === 'option' ? ` ${value}` : ''}`;
}

function row(first: string, second: string | null, texts: readonly string[]): string {
  const cells = [first, ...(second === null ? [] : [second]), texts.join(' ')];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(value: unknown): string {
  return value === undefined ? '' : `\`${String(value)}\``;
}

function slug(name: string): string {
  return name.replaceAll(' ', '-');
}
