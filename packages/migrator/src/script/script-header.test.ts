import { createDateOf, messageOf, readDocstring, readScriptHeader } from './script-header.ts';

const script = (body: string) => `/**
 * Add time done for Freshmaker events
 *
 * Revision ID: 2358b6f55f24
 * Revises: fbc2eac9bfa5
 * Create Date: 2019-06-20 10:00:31.190304
 */
import { column, t, type Operations } from '@freshmaker/migrator';

${body}`;

describe('the header of a script is read from its text', () => {
  test.each([
    [
      'a parent',
      "export const revision = '2358b6f55f24';\nexport const downRevision = 'fbc2eac9bfa5'; // null for a base",
      { downRevisions: ['fbc2eac9bfa5'], branchLabels: [], dependsOn: [] },
    ],
    [
      'a base',
      "export const revision = '2358b6f55f24';\nexport const downRevision = null;\n",
      { downRevisions: [], branchLabels: [], dependsOn: [] },
    ],
    [
      'a typed base without semicolons',
      "export const revision: string = '2358b6f55f24'\nexport const downRevision: string | null = null\n",
      { downRevisions: [], branchLabels: [], dependsOn: [] },
    ],
    [
      'a merge with labels and dependencies over several lines',
      `export const revision = "2358b6f55f24";
export const downRevision = [
  'a1', // ours
  /* theirs */ "b2",
] as const;
export const branchLabels: string[] = ['billing'];
export const dependsOn: string[] = ['c3', 'd4'];`,
      { downRevisions: ['a1', 'b2'], branchLabels: ['billing'], dependsOn: ['c3', 'd4'] },
    ],
  ])('%s', (_, body, expected) => {
    expect(readScriptHeader(script(body))).toMatchObject({ revision: '2358b6f55f24', ...expected });
  });

  test.each([
    ['no identifiers', 'export function upgrade() {}'],
    ['a computed value', "const id = 'a1';\nexport const revision = id;\nexport const downRevision = null;"],
    ['a template', 'export const revision = `a1`;\nexport const downRevision = null;'],
    ['a concatenation', "export const revision = 'a' + '1';\nexport const downRevision = null;"],
    ['an identifier in an array', "export const revision = 'a1';\nexport const downRevision = [b, 'c'];"],
    [
      'two declarations',
      "export const revision = 'a1';\nexport const downRevision = null;\nexport const revision = 'b2';",
    ],
    ['no downRevision', "export const revision = 'a1';"],
  ])('%s must be loaded instead', (_, body) => {
    expect(readScriptHeader(script(body))).toBeNull();
  });
});

describe('the docstring', () => {
  test('is the first comment, without its stars', () => {
    const doc = readDocstring(script(''));
    expect(messageOf(doc)).toBe('Add time done for Freshmaker events');
    expect(createDateOf(doc)).toBe('2019-06-20 10:00:31.190304');
    expect(doc.split('\n')).toHaveLength(5);
  });

  test('may stand after a hashbang and line comments, on one line, or be missing', () => {
    expect(readDocstring('#!/usr/bin/env node\n// lint: off\n/** One line */\nexport {};')).toBe('One line');
    expect(readDocstring("export const revision = 'a1';\n/** Not this one */")).toBe('');
    expect(messageOf('')).toBe('');
    expect(createDateOf('')).toBeNull();
  });
});
