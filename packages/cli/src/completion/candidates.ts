/** What completion knows of a flag. */
export interface CompletedFlag {
  readonly name: string;
  readonly char?: string | undefined;
  /** Whether a value follows. */
  readonly takesValue: boolean;
  /** The values it may have, where there are few. */
  readonly options: readonly string[];
}

/** What completion knows of a command. */
export interface CompletedCommand {
  /** As it is typed: `db upgrade`. */
  readonly name: string;
  readonly flags: readonly CompletedFlag[];
  /** Whether its arguments are revisions. */
  readonly takesRevisions: boolean;
}

export interface CompletionInput {
  readonly commands: readonly CompletedCommand[];
  /** Identifiers, labels and words for places; asked for only where one may stand. */
  readonly revisions: () => Promise<readonly string[]>;
}

/** Flags whose value is a revision. */
const REVISION_FLAGS = new Set(['head', 'depends-on']);

/**
 * What may stand where the cursor is.
 *
 * @param words the words of the line behind the program, the last one as far as it is typed.
 * @returns words that begin as the last one does; none where a file name or a free text is to follow.
 */
export async function candidates(
  words: readonly string[],
  input: CompletionInput,
): Promise<readonly string[]> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = commandOf(before, input.commands);
  const all =
    command === null ? nextWords(before, input.commands) : await inCommand(command, before, typed, input);
  return [...new Set(all)].filter((each) => each.startsWith(typed));
}

function commandOf(
  before: readonly string[],
  commands: readonly CompletedCommand[],
): CompletedCommand | null {
  const plain = before.filter((word) => !word.startsWith('-'));
  const fitting = commands.filter(({ name }) => {
    const parts = name.split(' ');
    return parts.every((part, at) => plain[at] === part);
  });
  return fitting.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function nextWords(before: readonly string[], commands: readonly CompletedCommand[]): readonly string[] {
  const plain = before.filter((word) => !word.startsWith('-'));
  return commands.flatMap(({ name }) => {
    const parts = name.split(' ');
    const next = parts[plain.length];
    return next !== undefined && plain.every((word, at) => parts[at] === word) ? [next] : [];
  });
}

async function inCommand(
  { flags, takesRevisions }: CompletedCommand,
  before: readonly string[],
  typed: string,
  { revisions }: CompletionInput,
): Promise<readonly string[]> {
  const previous = before.at(-1) ?? '';
  const flag = flags.find(({ name, char }) => previous === `--${name}` || previous === `-${char}`);
  if (flag?.takesValue) {
    return flag.options.length > 0 || !REVISION_FLAGS.has(flag.name) ? flag.options : await revisions();
  }
  const steps = /^-\d*$/.test(typed) && takesRevisions ? await revisions() : [];
  if (typed.startsWith('-')) return [...flags.map(({ name }) => `--${name}`), ...steps];
  return takesRevisions ? await revisions() : [];
}
