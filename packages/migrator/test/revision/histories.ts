import { buildRevisionMap } from '../../src/revision/build-revision-map.ts';
import type { Revision } from '../../src/revision/revision.ts';
import type { RevisionMap } from '../../src/revision/revision-map.ts';

/**
 * Scripts from lines such as `c < a, b ~ d # feat`: revision c, parents a and b, depends on d, labelled feat.
 * Each is a day younger than the line above it; its message is its identifier in upper case.
 */
export function scripts(...lines: readonly string[]): readonly Revision[] {
  return lines.map((line, at) => {
    const [, revision = '', ...lists] = /^(\S+)(?: < ([^~#]+))?(?: ~ ([^#]+))?(?: # (.+))?$/.exec(line) ?? [];
    const [downRevisions = [], dependsOn = [], branchLabels = []] = lists.map((list) =>
      (list ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
    );
    if (revision === '') throw new TypeError(`Not a line of a history: ${line}`);
    return {
      revision,
      downRevisions,
      dependsOn,
      branchLabels,
      message: revision.toUpperCase(),
      doc: revision.toUpperCase(),
      createDate: new Date(Date.UTC(2020, 0, 1 + at)).toISOString(),
      path: `versions/${revision}.ts`,
    };
  });
}

export function history(...lines: readonly string[]): RevisionMap {
  return buildRevisionMap(scripts(...lines));
}

/** What a call throws, in the form `--json` prints; fails when it throws nothing. */
export function thrownBy(call: () => unknown): Record<string, unknown> {
  let answer: unknown;
  try {
    answer = call();
  } catch (error) {
    return JSON.parse(JSON.stringify(error)) as Record<string, unknown>;
  }
  throw new Error(`Nothing was thrown, the answer is ${JSON.stringify(answer)}`);
}

/** The ids of Freshmaker's own history, oldest first. */
export const freshmaker: readonly string[] = [
  '8d2e9cd99c54',
  '43b3c6580af7',
  'bfc0e0d2eea6',
  '300b86758bb1',
  '3f56425964cf',
  'd6de0409fc74',
  '2acc88805404',
  '2f5a2f4385a0',
  '90f8444d5ab7',
  '6004dadc9ac4',
  'b17231ee8220',
  'e06434b3ef5e',
  'f3223db11e48',
  '807ea37dcf0e',
  '8eeddff9a4f3',
  '5a555923da42',
  '5bdd5566615a',
  'fbc2eac9bfa5',
  '2358b6f55f24',
  'fcba8824bf8d',
];

/** Freshmaker's own history: one line of twenty revisions. */
export const freshmakerHistory = history(
  ...freshmaker.map((id, at) => (at === 0 ? id : `${id} < ${freshmaker[at - 1]}`)),
);

/** The branched history of the recorded Flask-Migrate session: a branch, its merge, a label, a second base. */
export const flaskHistory = history(
  'aaaa11110001',
  'bbbb22220001 < aaaa11110001',
  'cccc33330001 < aaaa11110001',
  'dddd44440001 < cccc33330001, bbbb22220001',
  'eeee55550001 < dddd44440001 # feat',
  'eeee55550002 < eeee55550001',
  'ffff66660001 # other',
);

/** The history of the recorded plain Alembic session: a branch and a second base that depends on it. */
export const dependentHistory = history(
  'a1a1a1a1a1a1',
  'a2a2a2a2a2a2 < a1a1a1a1a1a1',
  'a3a3a3a3a3a3 < a1a1a1a1a1a1',
  'b1b1b1b1b1b1 ~ a2a2a2a2a2a2 # dep',
);
