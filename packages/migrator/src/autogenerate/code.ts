/** A piece of TypeScript that may have to be broken over lines. */
export type Code =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly callee: string; readonly args: readonly Code[] }
  | { readonly kind: 'array'; readonly items: readonly Code[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Code])[] };

/** The width that Biome is set to in this project's own style. */
const WIDTH = 110;

export function text(value: string): Code {
  return { kind: 'text', text: value };
}

export function call(callee: string, ...args: readonly Code[]): Code {
  return { kind: 'call', callee, args };
}

export function array(items: readonly Code[]): Code {
  return { kind: 'array', items };
}

/** An object without the entries that are undefined. */
export function object(entries: Readonly<Record<string, Code | undefined>>): Code {
  return {
    kind: 'object',
    entries: Object.entries(entries).filter((entry): entry is [string, Code] => entry[1] !== undefined),
  };
}

/** A value of JSON's kinds as a literal. */
export function literal(value: string | number | boolean | null): Code {
  return text(typeof value === 'string' ? quoted(value) : String(value));
}

/** A string literal, in single quotes unless that takes more escapes. */
export function quoted(value: string): string {
  const count = (quote: string) => value.split(quote).length - 1;
  const quote = count("'") > count('"') ? '"' : "'";
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** A call as a statement of a function's body. */
export function statement(code: Code): string {
  return `  ${print(code, 2, 2, 1)};`;
}

/**
 * Lays code out as Biome does.
 *
 * @param indent of the line it stands on.
 * @param column where it begins.
 * @param after how many characters follow on its last line.
 */
function print(code: Code, indent: number, column: number, after: number): string {
  const flat = flatten(code);
  if (!mustBreak(code) && column + width(flat) + after <= WIDTH) return flat;
  switch (code.kind) {
    case 'text':
      return code.text;
    case 'array':
      return code.items.length === 0 ? '[]' : block('[', code.items.map(item), ']', indent);
    case 'object':
      return block('{', code.entries.map(entry), '}', indent);
    case 'call':
      return printCall(code, indent, column);
  }
}

type Line = (indent: number) => string;

const item = (code: Code): Line => {
  return (indent) => print(code, indent, indent, 1);
};

const entry = ([key, value]: readonly [string, Code]): Line => {
  return (indent) => `${keyOf(key)}: ${print(value, indent, indent + width(keyOf(key)) + 2, 1)}`;
};

function block(open: string, lines: readonly Line[], close: string, indent: number): string {
  const inner = indent + 2;
  const body = lines.map((line) => `${' '.repeat(inner)}${line(inner)},\n`).join('');
  return `${open}\n${body}${' '.repeat(indent)}${close}`;
}

/** A last argument that is an array or an object stays on the call's line, unless the one before is of its kind. */
function printCall(code: Extract<Code, { kind: 'call' }>, indent: number, column: number): string {
  const last = code.args.at(-1);
  const before = code.args.slice(0, -1);
  const hugs =
    last !== undefined &&
    (last.kind === 'array' || last.kind === 'object') &&
    before.at(-1)?.kind !== last.kind &&
    !before.some(mustBreak);
  if (hugs) {
    const head = `${code.callee}(${before.map((each) => `${flatten(each)}, `).join('')}`;
    if (column + width(head) + 1 <= WIDTH) {
      const lines = last.kind === 'array' ? last.items.map(item) : last.entries.map(entry);
      const [open, close] = last.kind === 'array' ? ['[', ']'] : ['{', '}'];
      return `${head}${block(open as string, lines, close as string, indent)})`;
    }
  }
  return block(`${code.callee}(`, code.args.map(item), ')', indent);
}

/** Several objects (or arrays) in an array, each of more than one part, never stand on one line. */
function mustBreak(code: Code): boolean {
  switch (code.kind) {
    case 'text':
      return false;
    case 'call':
      return code.args.some(mustBreak);
    case 'object':
      return code.entries.some(([, value]) => mustBreak(value));
    case 'array': {
      const [first] = code.items;
      const many =
        code.items.length > 1 && code.items.every((each) => each.kind === first?.kind && size(each) > 1);
      return many || code.items.some(mustBreak);
    }
  }
}

function size(code: Code): number {
  if (code.kind === 'object') return code.entries.length;
  return code.kind === 'array' ? code.items.length : 0;
}

function flatten(code: Code): string {
  switch (code.kind) {
    case 'text':
      return code.text;
    case 'call':
      return `${code.callee}(${code.args.map(flatten).join(', ')})`;
    case 'array':
      return `[${code.items.map(flatten).join(', ')}]`;
    case 'object':
      return code.entries.length === 0
        ? '{}'
        : `{ ${code.entries.map(([key, value]) => `${keyOf(key)}: ${flatten(value)}`).join(', ')} }`;
  }
}

export function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function width(line: string): number {
  return [...line].length;
}
