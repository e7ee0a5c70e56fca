import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname, relative, resolve, sep } from 'node:path';
import type { ScriptLocations } from '@freshmaker/migrator/engine';
import { MigrationTestFailure } from './failure.ts';
import { scriptFiles } from './script-files.ts';

/** What a script may import: the migrator, the query builder its data steps use, and Node.js itself. */
const harmless = new Set(['@freshmaker/migrator', '@freshmaker/migrator/engine', 'kysely']);

const imports =
  /^\s*(?:import|export)\s+(?!type\b)(?:[^'"();]*?\sfrom\s*)?['"]([^'"]+)['"]|\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/gm;

/**
 * Checks that no script imports an entity, or anything else that changes while a script must not. What scripts share may
 * stand in the migrations directory.
 *
 * @param allowed names of packages that scripts may import besides.
 * @throws MigrationTestFailure naming every script and what it imports.
 */
export function checkImports(scripts: ScriptLocations, allowed: readonly string[] = []): void {
  const directory = resolve(scripts.directory);
  const problems: string[] = [];
  const seen = new Set<string>();
  const waiting = scriptFiles(scripts).map(({ path, name }) => ({ path, name }));
  for (const { path, name } of waiting) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const specifier of importsOf(readFileSync(path, 'utf8'))) {
      if (!specifier.startsWith('.')) {
        if (!isAllowed(specifier, allowed)) problems.push(problem(name, specifier));
        continue;
      }
      const target = resolve(dirname(path), specifier);
      if (!target.startsWith(directory + sep)) problems.push(problem(name, relative(directory, target)));
      else if (existsSync(target) && extname(target) !== '') waiting.push({ path: target, name });
    }
  }
  if (problems.length > 0) throw new MigrationTestFailure(problems.join('\n'));
}

/** The modules that a module's text imports, its types left out. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(imports)].map((match) => (match[1] ?? match[2]) as string);
}

function isAllowed(specifier: string, allowed: readonly string[]): boolean {
  return harmless.has(specifier) || isBuiltin(specifier) || allowed.includes(specifier);
}

function problem(script: string, specifier: string): string {
  return (
    `Revision script ${script} imports ${specifier}, and will do something else when that changes. ` +
    'Write down in the script what it needs.'
  );
}
