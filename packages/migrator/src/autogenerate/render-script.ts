import type { Operation } from '../operations/operation.ts';
import { quoted, statement } from './code.ts';
import { renderOperation } from './render-operation.ts';

/** What a revision script is written from. */
export interface ScriptContent {
  readonly revision: string;
  /** None for a base, several for a merge. */
  readonly downRevisions: readonly string[];
  readonly branchLabels?: readonly string[];
  readonly dependsOn?: readonly string[];
  /** The first line is what `history` shows. */
  readonly message: string;
  /** As it is to be written: `2019-06-20 10:00:31.190304`. */
  readonly createDate: string;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  /** Typed table definitions for data steps: see `renderTableTypes`. */
  readonly tableTypes?: string;
}

/**
 * The text of a revision script. The same content gives the same bytes.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for operations that have no text (data steps).
 */
export function renderScript(content: ScriptContent): string {
  const upgrade = renderFunction('upgrade', content.upgrade, content.tableTypes !== undefined);
  const downgrade = renderFunction('downgrade', content.downgrade, false);
  const sections = [
    `${docstring(content)}\n${imports(`${upgrade}\n${downgrade}`)}`,
    constants(content),
    ...(content.tableTypes === undefined ? [] : [content.tableTypes.trimEnd()]),
    upgrade,
    downgrade,
  ];
  return `${sections.join('\n\n')}\n`;
}

function docstring({ message, revision, downRevisions, createDate }: ScriptContent): string {
  const lines = [
    ...(message.trim() === '' ? 'empty message' : message).trim().split(/\r?\n/),
    '',
    `Revision ID: ${revision}`,
    `Revises: ${downRevisions.join(', ')}`,
    `Create Date: ${createDate}`,
  ];
  const body = lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd());
  return ['/**', ...body, ' */'].join('\n');
}

const builders = ['check', 'column', 'foreignKey', 'primaryKey', 'sql', 't', 'unique'];

/** Only what the functions use: builders in the order of the alphabet, then the type. */
function imports(functions: string): string {
  const code = functions.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
  const used = builders.filter((name) => new RegExp(`(?<![\\w.])${name}[.(]`).test(code));
  const names = used.length === 0 ? 'type { Operations }' : `{ ${[...used, 'type Operations'].join(', ')} }`;
  return `import ${names} from '@freshmaker/migrator';`;
}

function constants({ revision, downRevisions, branchLabels = [], dependsOn = [] }: ScriptContent): string {
  const list = (values: readonly string[]) => `[${values.map(quoted).join(', ')}]`;
  const [parent] = downRevisions;
  const down =
    downRevisions.length > 1 ? list(downRevisions) : parent === undefined ? 'null' : quoted(parent);
  return [
    `export const revision = ${quoted(revision)};`,
    `export const downRevision = ${down};`,
    ...(branchLabels.length > 0 ? [`export const branchLabels: string[] = ${list(branchLabels)};`] : []),
    ...(dependsOn.length > 0 ? [`export const dependsOn: string[] = ${list(dependsOn)};`] : []),
  ].join('\n');
}

function renderFunction(name: string, operations: readonly Operation[], withStep: boolean): string {
  const lines = [
    ...operations.map((operation) => statement(renderOperation(operation))),
    ...(withStep ? ['  op.run<Tables>(async (_db) => {});'] : []),
  ];
  if (lines.length === 0) return `export function ${name}(_op: Operations): void {}`;
  return `export function ${name}(op: Operations): void {\n${lines.join('\n')}\n}`;
}
