import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

/**
 * A revision script as it is published: JavaScript, since Node runs no TypeScript below `node_modules`. Types become blanks
 * and all else stays where it is, the docstring above all, which a compiler drops with the type import it stands before.
 */
export function publishedScript(source: string): string {
  return stripTypeScriptTypes(source).replace(/[ \t]+$/gm, '');
}

/** Writes every script of a folder as it is published. */
export function publishScripts(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => each.endsWith('.ts'))) {
    const source = readFileSync(join(from, name), 'utf8');
    writeFileSync(join(to, name.replace(/\.ts$/, '.js')), publishedScript(source));
  }
}

const [from, to] = process.argv.slice(2);
if (import.meta.main && from !== undefined && to !== undefined) publishScripts(from, to);
