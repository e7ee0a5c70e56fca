import { mkdirSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from './run-cli.ts';

/** A script of a history: identifier, parents, and what else its header says. */
export interface ScriptFile {
  readonly id: string;
  readonly down?: string | readonly string[];
  readonly message?: string;
  readonly labels?: readonly string[];
  readonly dependsOn?: readonly string[];
  /** The bodies of its functions. */
  readonly upgrade?: string;
  readonly downgrade?: string;
  /** Default: by the order in the history. */
  readonly date?: string;
}

/** A migrations directory of a test's own. */
export function historyFolder(...scripts: readonly ScriptFile[]) {
  const folder = temporaryFolder();
  mkdirSync(folder.file('versions'));
  for (const [at, script] of scripts.entries()) {
    writeFileSync(folder.file(`versions/${script.id}_script.mjs`), scriptText(script, at));
  }
  return folder;
}

function scriptText(script: ScriptFile, at: number): string {
  const { id, down = null, message = `do ${id}`, labels = [], dependsOn = [] } = script;
  const date = script.date ?? `2026-01-${String(at + 1).padStart(2, '0')} 10:00:00.000000`;
  return `/**
 * ${message}
 *
 * Revision ID: ${id}
 * Revises: ${down === null ? '' : [down].flat().join(', ')}
 * Create Date: ${date}
 */
export const revision = ${JSON.stringify(id)};
export const downRevision = ${JSON.stringify(down)};
export const branchLabels = ${JSON.stringify(labels)};
export const dependsOn = ${JSON.stringify(dependsOn)};

export function upgrade(op) {${script.upgrade ?? ''}}
export function downgrade(op) {${script.downgrade ?? ''}}
`;
}

/** A history that parts in two at its first revision. */
export const twoBranches: readonly ScriptFile[] = [
  {
    id: 'aaaa11110001',
    message: 'first',
    upgrade: "op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);",
    downgrade: "op.dropTable('t');",
  },
  {
    id: 'bbbb22220001',
    down: 'aaaa11110001',
    message: 'left',
    upgrade: "op.addColumn('t', op.column('a', op.t.text()));",
    downgrade: "op.dropColumn('t', 'a');",
  },
  {
    id: 'cccc33330001',
    down: 'aaaa11110001',
    message: 'right',
    labels: ['feature'],
    upgrade: "op.addColumn('t', op.column('b', op.t.text()));",
    downgrade: "op.dropColumn('t', 'b');",
  },
];
