/** A file that a README prints as a whole. */
export interface ReadmeFile {
  readonly path: string;
  readonly text: string;
}

/** A line that ends with the file's name and a colon (or a comma and words and a colon), and the code block after it. */
const printed = /^.*`([^`\s]+\.(?:js|mjs|ts|json))`(?:, a whole test file)?:\n\n```\w+\n([\s\S]*?)^```$/gm;

/** The files that a README prints as a whole, by name. */
export function readmeFiles(readme: string): ReadmeFile[] {
  return [...readme.matchAll(printed)].map((match) => ({
    path: match[1] as string,
    text: match[2] as string,
  }));
}

/** The packages that a README's commands install, each as `name` or `name@version`. */
export function readmePackages(readme: string): string[] {
  const commands = [...readme.matchAll(/^npm install (.*)$/gm)];
  return commands.flatMap(([, words = '']) => words.split(' ').filter((word) => !word.startsWith('--')));
}
