/** A file that a README prints whole: its block is opened with "```ts file=PATH". */
export interface ExampleFile {
  readonly path: string;
  readonly content: string;
}

/** The program of a README: its files, the last of which is run. */
export interface Example {
  readonly files: readonly ExampleFile[];
  readonly main: string;
  /** What the comments behind `console.log(…);` say it prints. */
  readonly output: readonly string[];
}

/** Reads the example of a README; null when it prints no whole file. */
export function readExample(readme: string): Example | null {
  const files = [...readme.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    path: match[1] ?? '',
    content: match[2] ?? '',
  }));
  const main = files.at(-1);
  if (!main) return null;
  const output = [...main.content.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm)].map(
    (match) => match[1] ?? '',
  );
  return { files, main: main.path, output };
}
