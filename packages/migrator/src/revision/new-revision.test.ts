import {
  dependentHistory,
  flaskHistory,
  freshmakerHistory,
  history,
  thrownBy,
} from '../../test/revision/histories.ts';
import { buildRevisionMap } from './build-revision-map.ts';
import { checkNewRevisionId, planMerge, planRevision } from './new-revision.ts';

const split = history('aaaa11110001', 'bbbb22220001 < aaaa11110001', 'cccc33330001 < aaaa11110001');

describe('the place of a new revision', () => {
  test.each([
    ['the head', freshmakerHistory, {}, ['fcba8824bf8d']],
    ['nothing, in an empty history', buildRevisionMap([]), {}, []],
    ['nothing, for a new base', flaskHistory, { head: 'base' }, []],
    ['a branch by its label', flaskHistory, { head: 'feat@head' }, ['eeee55550002']],
    ['a head by a prefix', split, { head: 'bbbb' }, ['bbbb22220001']],
    ['all heads', split, { head: 'heads' }, ['cccc33330001', 'bbbb22220001']],
    ['an inner revision, spliced', split, { head: 'aaaa', splice: true }, ['aaaa11110001']],
    ['what the database is at', split, { head: 'current', currentHeads: ['bbbb22220001'] }, ['bbbb22220001']],
  ])('is above %s', (_, map, options, downRevisions) => {
    expect(planRevision(map, options)).toEqual({ downRevisions, dependsOn: [], branchLabels: [] });
  });

  test('keeps a dependency on a label, and writes others in full', () => {
    const options = { head: 'dep@head', dependsOn: ['a3a3', 'dep', 'a3'], branchLabels: ['new'] };
    expect(planRevision(dependentHistory, options)).toEqual({
      downRevisions: ['b1b1b1b1b1b1'],
      dependsOn: ['a3a3a3a3a3a3', 'dep'],
      branchLabels: ['new'],
    });
  });

  test.each([
    ['one head of several', {}, 'MULTIPLE_HEADS'],
    ['one head of a branch of several', { head: 'aaaa@head' }, 'MULTIPLE_HEADS'],
    ['an inner revision', { head: 'aaaa' }, 'USAGE_INVALID'],
    ['nothing that exists', { head: 'zzzz' }, 'REVISION_NOT_FOUND'],
    ['current without a database', { head: 'current' }, 'USAGE_INVALID'],
    ['a missing dependency', { head: 'bbbb', dependsOn: ['nope'] }, 'REVISION_NOT_FOUND'],
    ['a dependency on base', { head: 'bbbb', dependsOn: ['base'] }, 'USAGE_INVALID'],
    ['an ambiguous dependency', { head: 'bbbb', dependsOn: ['head'] }, 'MULTIPLE_HEADS'],
    ['a reserved label', { head: 'bbbb', branchLabels: ['head'] }, 'USAGE_INVALID'],
    ['a label with a meaning', { head: 'bbbb', branchLabels: ['a@b'] }, 'USAGE_INVALID'],
    ['a label like a revision', { head: 'bbbb', branchLabels: ['cccc33330001'] }, 'REVISION_DUPLICATE'],
  ])('is not above %s', (_, options, code) => {
    expect(thrownBy(() => planRevision(split, options))).toMatchObject({
      code,
      hint: expect.stringMatching(/\S/),
    });
  });

  test('says what to type when there are several heads', () => {
    expect(thrownBy(() => planRevision(split))).toMatchObject({
      heads: ['cccc33330001', 'bbbb22220001'],
      hint: expect.stringContaining('--head cccc33330001'),
    });
  });

  test('says what to type for an inner revision', () => {
    expect(thrownBy(() => planRevision(split, { head: 'aaaa' }))).toMatchObject({
      revision: 'aaaa11110001',
      hint: expect.stringContaining('--splice'),
    });
  });

  test('refuses a label in use, naming the script', () => {
    expect(
      thrownBy(() => planRevision(flaskHistory, { head: 'feat@head', branchLabels: ['feat'] })),
    ).toMatchObject({
      code: 'REVISION_DUPLICATE',
      revision: 'eeee55550001',
      path: 'versions/eeee55550001.ts',
    });
  });
});

describe('a merge', () => {
  test.each([
    ['all heads', ['heads'], ['cccc33330001', 'bbbb22220001']],
    ['revisions as they are named', ['bbbb', 'cccc'], ['bbbb22220001', 'cccc33330001']],
    ['branches', ['bbbb@head', 'cccc@head'], ['bbbb22220001', 'cccc33330001']],
  ])('of %s', (_, targets, downRevisions) => {
    expect(planMerge(split, targets)).toEqual({ downRevisions, dependsOn: [], branchLabels: [] });
  });

  test('of a revision with one it depends on is allowed: they are two branches', () => {
    expect(planMerge(dependentHistory, ['a2a2', 'b1b1'])?.downRevisions).toEqual([
      'a2a2a2a2a2a2',
      'b1b1b1b1b1b1',
    ]);
  });

  test.each([
    ['one head', freshmakerHistory],
    ['none', buildRevisionMap([])],
  ])('of all heads has nothing to do when there is %s', (_, map) => {
    expect(planMerge(map, ['heads'])).toBeNull();
  });

  test.each([
    ['no revision', [], 'USAGE_INVALID'],
    ['one revision', ['bbbb'], 'USAGE_INVALID'],
    ['a revision with itself', ['bbbb', 'bbbb22220001'], 'USAGE_INVALID'],
    ['a revision with its ancestor', ['bbbb', 'aaaa'], 'USAGE_INVALID'],
    ['base', ['bbbb', 'base'], 'USAGE_INVALID'],
    ['a missing revision', ['bbbb', 'zzzz'], 'REVISION_NOT_FOUND'],
    ['several heads by head', ['head'], 'MULTIPLE_HEADS'],
  ])('of %s is %s', (_, targets, code) => {
    expect(thrownBy(() => planMerge(split, targets))).toMatchObject({
      code,
      hint: expect.stringMatching(/\S/),
    });
  });

  test('of an inner revision is refused', () => {
    const map = history('a', 'b < a', 'c < b', 'd < a');
    expect(thrownBy(() => planMerge(map, ['b', 'd']))).toMatchObject({
      code: 'USAGE_INVALID',
      revision: 'b',
    });
  });

  test('takes a label that is free', () => {
    expect(planMerge(split, ['heads'], { branchLabels: ['joined'] })?.branchLabels).toEqual(['joined']);
    const map = history('a # x', 'b', 'c');
    expect(thrownBy(() => planMerge(map, ['b', 'c'], { branchLabels: ['x'] }))).toMatchObject({
      code: 'REVISION_DUPLICATE',
    });
  });
});

describe('a chosen identifier', () => {
  test.each(['abc123', 'fixed', 'add_user-2', 'A'.repeat(32), '0001', 'fcba'])('may be %s', (id) => {
    expect(() => checkNewRevisionId(flaskHistory, id)).not.toThrow();
  });

  test.each([
    ['', 'USAGE_INVALID'],
    ['head', 'USAGE_INVALID'],
    ['heads', 'USAGE_INVALID'],
    ['base', 'USAGE_INVALID'],
    ['current', 'USAGE_INVALID'],
    ['a@b', 'USAGE_INVALID'],
    ['a+b', 'USAGE_INVALID'],
    ['a:b', 'USAGE_INVALID'],
    ['a b', 'USAGE_INVALID'],
    ['a/b', 'USAGE_INVALID'],
    ['ä', 'USAGE_INVALID'],
    ['-1', 'USAGE_INVALID'],
    ['head-1', 'USAGE_INVALID'],
    ['feat-2', 'USAGE_INVALID'],
    ['a'.repeat(33), 'USAGE_INVALID'],
    ['aaaa11110001', 'REVISION_DUPLICATE'],
    ['feat', 'REVISION_DUPLICATE'],
  ])("'%s' is %s", (id, code) => {
    expect(thrownBy(() => checkNewRevisionId(flaskHistory, id))).toMatchObject({
      code,
      hint: expect.stringMatching(/\S/),
    });
  });
});
