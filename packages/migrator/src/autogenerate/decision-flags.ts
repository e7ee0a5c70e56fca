import { ConfigurationError } from '../errors.ts';
import { fragmentProblem } from '../schema/fragment-problem.ts';
import type { ColumnSql, Decisions, DropConsent, Rename } from './comparison.ts';

/** The values of the flags of `db revision`, as they were typed. */
export interface DecisionFlags {
  readonly rename?: readonly string[];
  readonly allowDrop?: readonly string[];
  readonly backfill?: readonly string[];
  readonly using?: readonly string[];
}

/** @throws ConfigurationError `USAGE_INVALID` naming the flag that cannot be understood. */
export function parseDecisions(flags: DecisionFlags): Decisions {
  return {
    renames: (flags.rename ?? []).map(parseRename),
    drops: (flags.allowDrop ?? []).map(parseDropConsent),
    backfills: (flags.backfill ?? []).map((text) => parseColumnSql('--backfill', text)),
    usings: (flags.using ?? []).map((text) => parseColumnSql('--using', text)),
  };
}

/** `old_table:new_table`, `table.old:new`. */
export function parseRename(text: string): Rename {
  const parts = readNames(text);
  const [first, separator, second, colon, third] = parts?.tokens ?? [];
  if (parts?.rest === '' && second !== undefined) {
    if (separator === ':' && parts.tokens.length === 3) {
      return { table: null, from: first as string, to: second };
    }
    if (separator === '.' && colon === ':' && third !== undefined && parts.tokens.length === 5) {
      return { table: first as string, from: second, to: third };
    }
  }
  throw invalid('--rename', text, 'table.old:new for a column, or old_table:new_table');
}

/** `table`, `table.column`. */
export function parseDropConsent(text: string): DropConsent {
  const parts = readNames(text);
  const [table, separator, column] = parts?.tokens ?? [];
  if (parts?.rest === '' && table !== undefined) {
    if (parts.tokens.length === 1) return { table, column: null };
    if (separator === '.' && column !== undefined && parts.tokens.length === 3) return { table, column };
  }
  throw invalid('--allow-drop', text, 'table or table.column');
}

/** `table.column=SQL`; everything after the first `=` outside quotes is SQL. */
export function parseColumnSql(flag: '--backfill' | '--using', text: string): ColumnSql {
  const parts = readNames(text);
  const [table, separator, column] = parts?.tokens ?? [];
  const sql = parts?.rest.startsWith('=') ? parts.rest.slice(1).trim() : '';
  const complete = separator === '.' && parts?.tokens.length === 3;
  if (complete && table !== undefined && column !== undefined && sql !== '') {
    const problem = fragmentProblem(sql);
    if (problem === null) return { table, column, sql };
    throw new ConfigurationError(
      'USAGE_INVALID',
      `The SQL of ${flag} ${text} is no expression: ${problem}.`,
      {
        hint: `Give ${flag} one expression, which the shell must not take apart: put it in quotes.`,
        facts: { flag, value: text },
      },
    );
  }
  throw invalid(flag, text, 'table.column=SQL');
}

/**
 * Names with `.` or `:` between them, from the beginning of a text: a name is bare, or in double quotes, which are
 * doubled inside it.
 */
function readNames(text: string): { readonly tokens: string[]; readonly rest: string } | null {
  const tokens: string[] = [];
  const name = /"((?:[^"]|"")+)"|([^".:=]+)/y;
  let offset = 0;
  for (;;) {
    name.lastIndex = offset;
    const match = name.exec(text);
    if (!match) return null;
    tokens.push(match[1]?.replaceAll('""', '"') ?? (match[2] as string).trim());
    offset = name.lastIndex;
    const separator = text[offset];
    if (separator !== '.' && separator !== ':') return { tokens, rest: text.slice(offset) };
    tokens.push(separator);
    offset++;
  }
}

function invalid(flag: string, text: string, form: string): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', `${flag} ${text} cannot be understood.`, {
    hint: `Write ${flag} ${form}; put a name that holds . : = or a quote in double quotes, as in SQL.`,
    facts: { flag, value: text },
  });
}

/** A name as these flags take it. */
export function flagName(name: string): string {
  return /["'.:=\s]/.test(name) || name.trim() !== name || name === ''
    ? `"${name.replaceAll('"', '""')}"`
    : name;
}

/** A flag and its value as they are typed into a POSIX shell. */
export function typedFlag([flag, value]: readonly [string, string]): string {
  return `${flag} ${/^[\w./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`}`;
}
