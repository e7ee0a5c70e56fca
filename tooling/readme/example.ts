/** A file that a README prints whole: its block is opened with "```ts file=PATH". */
export interface ExampleFile {
  readonly path: string;
  readonly content: string;
}

/** A file that is run: one that prints something. */
export interface ExampleProgram {
  readonly path: string;
  /** What the comments behind `console.log(…);` say it prints. */
  readonly output: readonly string[];
}

/** The example of a README: its files, and those of them to run, in order. */
export interface Example {
  readonly files: readonly ExampleFile[];
  readonly programs: readonly ExampleProgram[];
}

/** Reads the example of a README; null when it prints no whole file. */
export function readExample(readme: string): Example | null {
  const files = [...readme.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    path: match[1] ?? '',
    content: match[2] ?? '',
  }));
  if (files.length === 0) return null;
  const programs = files
    .map(({ path, content }) => ({
      path,
      output: [...content.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1] ?? ''),
    }))
    .filter(({ output }) => output.length > 0);
  return { files, programs };
}
