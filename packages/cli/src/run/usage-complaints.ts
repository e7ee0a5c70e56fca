/** What is wrong with a command line, and what to do; null where the command's help says it best. */
export interface Complaint {
  readonly message: string;
  readonly hint: string | null;
}

interface Reading {
  /** A line of oclif's complaint. */
  readonly line: RegExp;
  readonly say: (...groups: readonly string[]) => Complaint;
}

const readings: readonly Reading[] = [
  {
    line: /^Nonexistent flags?: (.*)$/,
    say: (flags = '') => ({ message: `There is no flag ${flags} here.`, hint: null }),
  },
  {
    line: /^Unexpected arguments?: (.*)$/,
    say: (words = '') => unexpected(words.split(', ')),
  },
  {
    line: /^Missing \d+ required args?: (\S+)/,
    say: (name = '') => ({ message: `The argument ${name.toUpperCase()} is missing.`, hint: null }),
  },
  {
    line: /^--(\S+)=.* cannot also be provided when using --(\S+)$/,
    say: (one, other) => ({
      message: `--${one} and --${other} exclude each other.`,
      hint: 'Leave one of them out.',
    }),
  },
  {
    line: /^All of the following must be provided when using --(\S+): (\S+)$/,
    say: (flag = '', needed = '') => flagWithout(`--${flag}`, needed),
  },
  {
    line: /^Expected --(\S+)=(.*) to be one of: (.*)$/,
    say: (flag, value, options = '') => ({
      message: `--${flag} takes ${oneOf(options)}, not '${value}'.`,
      hint: null,
    }),
  },
  {
    line: /^Expected (.*) to be one of: (.*)$/,
    say: (value, options = '') => ({ message: `'${value}' is not ${oneOf(options)}.`, hint: null }),
  },
  {
    line: /^Flag --(\S+) expects one of these values: (.*)$/,
    say: (flag, options = '') => ({ message: `--${flag} lacks its value: ${oneOf(options)}.`, hint: null }),
  },
  {
    line: /^Flag --(\S+) expects a value$/,
    say: (flag) => ({ message: `--${flag} lacks its value.`, hint: null }),
  },
  {
    line: /^Flag --(\S+) takes no value$/,
    say: (flag) => ({
      message: `--${flag} takes no value.`,
      hint: `Type --${flag}, without = and what follows it.`,
    }),
  },
  {
    line: /^Flag --(\S+) can only be specified once$/,
    say: (flag) => ({
      message: `--${flag} is given more than once.`,
      hint: 'Leave all but one of them out.',
    }),
  },
];

/** The complaint about a flag that has a meaning only beside another one. */
export function flagWithout(flag: string, needed: string): Complaint & { readonly hint: string } {
  return {
    message: `${flag} only means something with ${needed}.`,
    hint: `Add ${needed}, or leave ${flag} out.`,
  };
}

/** The complaint about words that a command has no use for. */
export function unexpected(words: readonly string[]): Complaint {
  const quoted = words.map((word) => `'${word}'`).join(', ');
  return { message: `Unexpected argument${words.length === 1 ? '' : 's'}: ${quoted}.`, hint: null };
}

/** Says what oclif's parser complains of in this program's words; a text that is not known stays as it is. */
export function readComplaint(text: string): Complaint {
  const lines = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours.
    .replace(/\u001B\[[0-9;]*m/g, '')
    .replace(/\nSee more help with --help/g, '')
    .replace(/^The following errors? occurred:\s*/, '')
    // A list of arguments stands below its title.
    .replace(/:\n\s*/, ': ')
    .split('\n')
    .map((line) => line.trim());
  const read = lines.flatMap((line) => {
    const found = readings.find((each) => each.line.test(line));
    return found === undefined ? [] : [found.say(...(found.line.exec(line) ?? []).slice(1))];
  });
  const [first] = read;
  if (first === undefined) return { message: sentence(lines.filter(Boolean).join(' ')), hint: null };
  return { message: read.map(({ message }) => message).join(' '), hint: first.hint };
}

function oneOf(options: string): string {
  return options.replace(/, ([^,]*)$/, ' or $1');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
