import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsDirectory } from '@freshmaker/models/migrations';
import { imageOf } from '../src/content/image.ts';
import { migrationsRecipe } from '../src/content/recipe.ts';
import type { Measured } from './measure.ts';

/** Debian's, to which `apt-get install python3-sqlalchemy` adds what is needed. */
const python = '/usr/bin/python3';

/** The upstream way on SQLAlchemy; null where it is not installed. */
export async function measurePython(runs: number): Promise<{ name: string; measured: Measured } | null> {
  if (!existsSync(python) || !canImport('sqlalchemy')) return null;
  const folder = mkdtempSync(join(tmpdir(), 'drop-create-'));
  try {
    const schema = join(folder, 'schema.db');
    writeFileSync(schema, await imageOf('sqlite', migrationsRecipe({ directory: migrationsDirectory })));
    const script = join(import.meta.dirname, 'drop_create.py');
    const output = execFileSync(python, [script, schema, String(runs)], { encoding: 'utf8' });
    const { times, version }: { times: number[]; version: string } = JSON.parse(output);
    times.sort((a, b) => a - b);
    const measured = {
      median: times[Math.floor(times.length / 2)] as number,
      best: times[0] as number,
      runs,
    };
    return { name: `upstream’s way: drop and create all, SQLAlchemy ${version}`, measured };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function canImport(module: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
