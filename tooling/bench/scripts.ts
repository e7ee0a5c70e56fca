import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BareRevision } from './bare-driver.ts';

/** A revision as all programs can have it. */
export interface BenchRevision {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly message: string;
  readonly createDate: string;
  /** The lines inside `def upgrade():`. */
  readonly pythonUpgrade: readonly string[];
  /** The lines inside `function upgrade(op) {}`; left out where the scripts of Freshmaker are there already. */
  readonly typescriptUpgrade?: readonly string[];
  /** What both come to, where the drivers alone are measured too. */
  readonly sqlUpgrade?: Readonly<Record<'sqlite' | 'postgresql', string>>;
}

const python = join(import.meta.dirname, 'python');

/** Writes an Alembic environment: `alembic.ini` in the folder, and beside it the migrations directory `migrations`. */
export function writeAlembic(folder: string, revisions: readonly BenchRevision[]): void {
  const migrations = join(folder, 'migrations');
  const versions = join(migrations, 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(folder, 'alembic.ini'), '[alembic]\nscript_location = migrations\n');
  cpSync(join(python, 'alembic_env.py'), join(migrations, 'env.py'));
  cpSync(join(python, 'script.py.mako'), join(migrations, 'script.py.mako'));
  for (const each of revisions) writeFileSync(join(versions, `${each.revision}.py`), alembicScript(each));
}

/** Writes the same for Flask-Migrate, with the application beside it. */
export function writeFlaskMigrate(folder: string, revisions: readonly BenchRevision[]): void {
  writeAlembic(folder, revisions);
  cpSync(join(python, 'flask_env.py'), join(folder, 'migrations', 'env.py'));
  writeFileSync(join(folder, 'migrations', 'alembic.ini'), '[alembic]\n');
  for (const name of ['flask_app.py', 'tables.py']) cpSync(join(python, name), join(folder, name));
}

/** Writes a migrations directory of Freshmaker's own. */
export function writeFreshmaker(folder: string, revisions: readonly BenchRevision[]): void {
  const versions = join(folder, 'versions');
  mkdirSync(versions, { recursive: true });
  for (const each of revisions) {
    writeFileSync(join(versions, `${each.revision}.ts`), freshmakerScript(each));
  }
}

/** Writes the statements of a history, whose scripts `writeFreshmaker` has written to a folder, as `bare-driver.ts` takes them. */
export function writeStatements(
  file: string,
  folder: string,
  history: readonly BenchRevision[],
  database: 'sqlite' | 'postgresql',
): void {
  const statements = history.map(({ revision, downRevisions, sqlUpgrade }): BareRevision => {
    const [down] = downRevisions;
    const version =
      down === undefined
        ? `INSERT INTO alembic_version VALUES ('${revision}')`
        : `UPDATE alembic_version SET version_num = '${revision}' WHERE version_num = '${down}'`;
    return [sqlUpgrade?.[database] ?? '', version, join(folder, 'versions', `${revision}.ts`)];
  });
  writeFileSync(file, JSON.stringify(statements));
}

function alembicScript({ pythonUpgrade, ...each }: BenchRevision): string {
  const parents = each.downRevisions.map((id) => JSON.stringify(id));
  const down = parents.length < 2 ? (parents[0] ?? 'None') : `(${parents.join(', ')})`;
  return `"""${each.message}

Revision ID: ${each.revision}
Revises: ${each.downRevisions.join(', ')}
Create Date: ${each.createDate}
"""
from alembic import op
import sqlalchemy as sa

revision = "${each.revision}"
down_revision = ${down}
branch_labels = None
depends_on = None


def upgrade() -> None:
${(pythonUpgrade.length === 0 ? ['pass'] : pythonUpgrade).map((line) => `    ${line}`).join('\n')}


def downgrade() -> None:
    pass
`;
}

function freshmakerScript({ typescriptUpgrade = [], ...each }: BenchRevision): string {
  const parents = each.downRevisions.map((id) => `'${id}'`);
  const down = parents.length < 2 ? (parents[0] ?? 'null') : `[${parents.join(', ')}]`;
  return `/**
 * ${each.message}
 *
 * Revision ID: ${each.revision}
 * Revises: ${each.downRevisions.join(', ')}
 * Create Date: ${each.createDate}
 */
import { column, type Operations, t } from '@freshmaker/migrator';

export const revision = '${each.revision}';
export const downRevision = ${down};

export function upgrade(op: Operations): void {
${typescriptUpgrade.map((line) => `  ${line}`).join('\n')}
}

export function downgrade(_op: Operations): void {}
`;
}
