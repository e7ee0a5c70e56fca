import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { quoted, statement } from '../../packages/migrator/src/autogenerate/code.ts';
import { renderOperation } from '../../packages/migrator/src/autogenerate/render-operation.ts';
import type { Dialect } from '../../packages/migrator/src/dialects/dialect.ts';
import {
  type DialectName,
  dialectOf,
  Operations,
  type Schema,
  t,
} from '../../packages/migrator/src/engine.ts';
import { apply } from '../../packages/migrator/src/operations/apply.ts';
import type { Operation, SchemaOperation } from '../../packages/migrator/src/operations/operation.ts';
import { reverseAll } from '../../packages/migrator/src/operations/reverse.ts';
import { compilePart, splitParts } from '../../packages/migrator/src/runtime/compiled-step.ts';
import { plannedLocks } from '../../packages/migrator/src/runtime/planned-lock.ts';
import { emptySchema } from '../../packages/migrator/src/schema/schema.ts';
import { readInterface, readSignatures } from './operation-code.ts';
import { exampleTables, type OperationExample, operationEntries } from './operation-examples.ts';

const databases: readonly (readonly [DialectName, string])[] = [
  ['sqlite', 'SQLite'],
  ['postgresql', 'PostgreSQL'],
];

/** What a function of a script records. */
export function recorded(run: (op: Operations) => void): readonly Operation[] {
  const op = new Operations();
  run(op);
  return op.recorded;
}

/** What is there before an example runs. */
function operationsBefore({ before }: OperationExample): readonly Operation[] {
  return [...recorded(exampleTables), ...(before ? recorded(before) : [])];
}

/** The calls that take an example back, as a script says them; null where there are none. */
export function reverseOf(example: OperationExample): string | null {
  const schema = operationsBefore(example).reduce(apply, emptySchema);
  const operations = reverseAll(recorded(example.run), schema);
  if (operations === null) return null;
  // Without the indent they have in a function's body.
  return operations.map((each) => statement(renderOperation(each)).replace(/^ {2}/gm, '')).join('\n');
}

/** The text of an example's function, as its source has it. */
export function textOf(run: (op: Operations) => void): string {
  const text = sourceOf(run).replace(/^\(op\) =>\s*/, '');
  const indent = /\n( *)\S[^\n]*$/.exec(text)?.[1] ?? '';
  return `${text.replaceAll(`\n${indent}`, '\n')};`;
}

const examplesSource = readFileSync(join(import.meta.dirname, 'operation-examples.ts'), 'utf8');
const examplesCode = stripTypeScriptTypes(examplesSource);

/** A function of the examples with its types: in place of those, the code that runs has as many blanks. */
function sourceOf(run: (op: Operations) => void): string {
  const code = run.toString();
  const start = examplesCode.indexOf(code);
  return start === -1 ? code : examplesSource.slice(start, start + code.length);
}

/** The reference of all operations as Markdown. */
export function renderOperations(): string {
  const signatures = readSignatures();
  return `${[
    '# Operations',
    '',
    '<!-- Written by `npm run reference`; the texts are in tooling/reference/operation-examples.ts. The tests compare, and run every example and what takes it back on both databases. -->',
    '',
    'What `upgrade(op)` and `downgrade(op)` of a revision script may call. Each call records one operation; SQL and locks below are',
    'what the engine makes of the example, on these tables:',
    '',
    '```ts',
    scriptOf(sourceOf(exampleTables)),
    '```',
    '',
    'On SQLite a revision keeps other writers of the file waiting until it has committed, whatever it does, and readers at most while',
    'it commits. On PostgreSQL a lock is held until the revision commits.',
    '',
    ...signatures.map(({ name }) => `* [\`op.${name}\`](#op${name.toLowerCase()})`),
    '* [Types](#types), [builders](#builders)',
    '',
    ...signatures.flatMap(({ name, text }) => renderEntry(name, text)),
    ...renderTypes(),
    ...renderBuilders(),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function renderEntry(name: string, signature: string): string[] {
  const entry = operationEntries[name];
  if (!entry) throw new Error(`tooling/reference/operation-examples.ts says nothing of op.${name}.`);
  const options = [...namesIn(signature, /\b\w+Options\b/g), ...(entry.shows ?? [])].map(readInterface);
  // What an interface extends is shown with it.
  options.push(...options.flatMap((each) => namesIn(each, /\bColumnChange\b/g)).map(readInterface));
  return [
    `## op.${name}`,
    '',
    '```ts',
    `op.${signature}`,
    ...options.flatMap((each) => ['', each]),
    '```',
    '',
    entry.about,
    '',
    ...entry.examples.flatMap(renderExample),
  ];
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[0]);
}

function renderExample(example: OperationExample): string[] {
  const back = reverseOf(example);
  return [
    ...(example.title === undefined ? [] : [`${example.title}:`, '']),
    ...(example.before ? ['On top of', '', '```ts', textOf(example.before), '```', '', 'this:', ''] : []),
    '```ts',
    textOf(example.run),
    '```',
    '',
    ...databases.flatMap(([name, title]) => renderDatabase(example, dialectOf(name), title)),
    ...(recorded(example.run).some((each) => each.kind === 'irreversible') ? [] : renderReverse(back)),
  ];
}

function renderReverse(back: string | null): string[] {
  if (back === null) return ['Taken back by nothing that could be worked out: the author writes it.', ''];
  if (back === '') return ['There is nothing to take back.', ''];
  if (!back.includes('\n')) return [`Taken back by \`${back.replace(/;$/, '')}\`.`, ''];
  return ['Taken back by:', '', '```ts', back, '```', ''];
}

function renderDatabase(example: OperationExample, dialect: Dialect, title: string): string[] {
  let schema = operationsBefore(example).reduce(
    (before, each) => apply(before, dialect.localize(each, before)),
    emptySchema,
  );
  const lines: string[] = [];
  const notes = new Set<string>();
  for (const part of splitParts(recorded(example.run))) {
    if (part.kind === 'data') {
      const { operation } = part;
      if (operation.kind === 'execute') lines.push(`${operation.sql[dialect.name] ?? '-- nothing'};`);
      else
        notes.add(operation.kind === 'run' ? 'runs the function' : 'inserts the rows, many by one statement');
      continue;
    }
    const { compiled, after } = compilePart(part.operations, dialect, schema);
    const sql = compiled.statements.filter((each) => each.kind === 'sql');
    lines.push(...sql.map((each) => `${each.sql};`));
    if (sql.length === 0) notes.add('has nothing to do');
    for (const table of compiled.rebuilds) notes.add(`rebuilds \`${table}\``);
    if (compiled.foreignKeysOff) notes.add('foreign keys off meanwhile, checked before the commit');
    const isOutside = sql.some((each) => each.outsideTransaction);
    if (isOutside) notes.add("outside the revision's transaction");
    // Each statement is committed by itself, and what takes long takes no such lock.
    const meanwhile = isOutside ? ', though not while it reads the rows' : '';
    for (const note of locksOf(part.operations, dialect, schema)) notes.add(`${note}${meanwhile}`);
    schema = after;
  }
  if (lines.length === 0 && notes.size === 0) notes.add('refused');
  const head = `**${title}**${notes.size > 0 ? `: ${[...notes].join('; ')}` : ''}`;
  return lines.length === 0 ? [head, ''] : [head, '', '```sql', ...lines, '```', ''];
}

/** On SQLite it is always the same, and said once. */
function locksOf(operations: readonly SchemaOperation[], dialect: Dialect, before: Schema): string[] {
  if (dialect.name === 'sqlite') return [];
  const created = new Set(operations.flatMap((each) => (each.kind === 'createTable' ? [each.table] : [])));
  return operations
    .flatMap((each) => plannedLocks(dialect.localize(each, before) as SchemaOperation, dialect.name))
    .filter(({ table }) => table === null || !created.has(table))
    .map(({ table, blocks }) => `keeps ${blocks} of \`${table}\` waiting`);
}

/** A function of a script without its head. */
function scriptOf(text: string): string {
  const lines = text.split('\n').slice(1, -1);
  return lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
}

function renderTypes(): string[] {
  const samples: readonly (readonly [string, ReturnType<(typeof t)['integer']>])[] = [
    ['t.integer()', t.integer()],
    ['t.smallInteger()', t.smallInteger()],
    ['t.bigInteger()', t.bigInteger()],
    ['t.string()', t.string()],
    ['t.string(200)', t.string(200)],
    ['t.text()', t.text()],
    ['t.boolean()', t.boolean()],
    ['t.dateTime()', t.dateTime()],
    ['t.dateTime({ timezone: true })', t.dateTime({ timezone: true })],
    ['t.date()', t.date()],
    ['t.time()', t.time()],
    ['t.float()', t.float()],
    ['t.double()', t.double()],
    ['t.numeric()', t.numeric()],
    ['t.numeric(10, 2)', t.numeric(10, 2)],
    ['t.json()', t.json()],
    ['t.binary()', t.binary()],
    ['t.uuid()', t.uuid()],
    [`t.enum('size', ['small', 'big'])`, t.enum('size', ['small', 'big'])],
    [`t.raw({ sqlite: 'TEXT', postgresql: 'INET' })`, t.raw({ sqlite: 'TEXT', postgresql: 'INET' })],
  ];
  const types = databases.map(([name]) => dialectOf(name));
  return [
    '## Types',
    '',
    '| type | SQLite | PostgreSQL |',
    '| --- | --- | --- |',
    ...samples.map(
      ([text, type]) =>
        `| \`${text}\` | ${types.map((each) => `\`${each.renderType(type)}\``).join(' | ')} |`,
    ),
    '',
    'On SQLite an enumeration gets a check that says its values; on PostgreSQL it is a type of its own, made and dropped with the',
    'first and the last column that uses it.',
    '',
  ];
}

function renderBuilders(): string[] {
  return [
    '## Builders',
    '',
    'Imported from `@freshmaker/migrator`, and on `op` for scripts that import nothing (`op.column`, `op.t`, …). A default that is a',
    `string, number, boolean or null is a literal (${['0', '']
      .map((each) => `\`${quoted(each)}\``)
      .join(', ')}); \`sql(text)\` is an expression.`,
    'The SQL of a check, a default, a computed column, an index, `using` or `backfill` is one expression without parentheses around it:',
    'a text that would end it early or bring something else along is refused when it is recorded.',
    '',
    '```ts',
    ...[
      'column(name, type, options?: ColumnOptions)',
      'foreignKey(columns, table, refColumns, options?: ForeignKeyOptions)',
    ],
    ...['primaryKey(columns, options?: ConstraintOptions)', 'unique(columns, options?: ConstraintOptions)'],
    ...['check(expression, options?: ConstraintOptions & { notValid?: boolean })', 'sql(text)'],
    ...['ColumnOptions', 'ConstraintOptions', 'ForeignKeyOptions'].flatMap((each) => [
      '',
      readInterface(each),
    ]),
    '```',
    '',
  ];
}
