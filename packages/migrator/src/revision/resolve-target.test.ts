import {
  dependentHistory,
  flaskHistory,
  freshmakerHistory,
  history,
  thrownBy,
} from '../../test/revision/histories.ts';
import { buildRevisionMap } from './build-revision-map.ts';
import { asksForDatabase, resolveRevision, resolveRevisions } from './resolve-target.ts';

const branches = history('a', 'b < a', 'c1 < b # c1branch', 'd1 < c1', 'c2 < b # c2branch', 'd2 < c2');

describe('a target on one line', () => {
  const current = ['2358b6f55f24'];
  test.each([
    ['fcba8824bf8d', 'fcba8824bf8d'],
    ['fcba', 'fcba8824bf8d'],
    ['80', '807ea37dcf0e'],
    ['head', 'fcba8824bf8d'],
    ['heads', 'fcba8824bf8d'],
    ['base', null],
    ['current', '2358b6f55f24'],
    ['+1', 'fcba8824bf8d'],
    ['-1', 'fbc2eac9bfa5'],
    ['current-2', '5bdd5566615a'],
    ['current+1', 'fcba8824bf8d'],
    ['-19', null],
    ['+0', '2358b6f55f24'],
    ['43b3c6580af7+2', '300b86758bb1'],
    ['43b3+1', 'bfc0e0d2eea6'],
    ['8eed-5', '6004dadc9ac4'],
    ['head-1', '2358b6f55f24'],
    ['base+2', '43b3c6580af7'],
    ['8d2e-1', null],
  ])('%s is %s', (target, expected) => {
    expect(resolveRevision(freshmakerHistory, target, current)).toBe(expected);
  });

  test.each([
    ['8', 'REVISION_AMBIGUOUS', { candidates: ['8eeddff9a4f3', '807ea37dcf0e', '8d2e9cd99c54'] }],
    ['deadbeef', 'REVISION_NOT_FOUND', { revision: 'deadbeef', didYouMean: [] }],
    ['fbca8824bf8d', 'REVISION_NOT_FOUND', { didYouMean: ['fcba8824bf8d'] }],
    ['haed', 'REVISION_NOT_FOUND', { didYouMean: ['head', 'heads'] }],
    ['+2', 'RELATIVE_OUT_OF_RANGE', { reached: 'fcba8824bf8d', possible: 1 }],
    ['-20', 'RELATIVE_OUT_OF_RANGE', { reached: 'base', possible: 19 }],
    ['base-1', 'RELATIVE_OUT_OF_RANGE', { reached: 'base', possible: 0 }],
    ['807e+99', 'RELATIVE_OUT_OF_RANGE', { reached: 'fcba8824bf8d', possible: 6 }],
    ['807e-20', 'RELATIVE_OUT_OF_RANGE', { reached: 'base', possible: 14 }],
    ['+99999999999999999999', 'RELATIVE_OUT_OF_RANGE', { possible: 1 }],
    ['nolabel@head', 'REVISION_NOT_FOUND', { revision: 'nolabel' }],
    ['', 'USAGE_INVALID', { argument: '' }],
    [' ', 'USAGE_INVALID', {}],
    ['he ad', 'USAGE_INVALID', {}],
    ['@head', 'USAGE_INVALID', {}],
    ['fcba@', 'USAGE_INVALID', {}],
    ['a@b@c', 'USAGE_INVALID', {}],
    ['fcba+', 'USAGE_INVALID', {}],
    ['base:head', 'USAGE_INVALID', {}],
    ['postgresql://me:secret@host/name', 'USAGE_INVALID', {}],
    ['sqlite:///file.db', 'USAGE_INVALID', {}],
  ])("'%s' is %s", (target, code, facts) => {
    const error = thrownBy(() => resolveRevision(freshmakerHistory, target, current));
    expect(error).toMatchObject({ code, hint: expect.stringMatching(/\S/), ...facts });
  });
});

describe('a target among branches', () => {
  test.each([
    ['heads', ['d2', 'd1'], []],
    ['c1branch', ['c1'], []],
    ['c1branch@head', ['d1'], []],
    ['c1@head', ['d1'], []],
    ['d2@head', ['d2'], []],
    ['b@heads', ['d2', 'd1'], []],
    ['c2branch@heads', ['d2'], []],
    ['c1branch@base', [], []],
    ['c2branch@head-1', ['c2'], []],
    ['c2branch@base+3', ['c2'], []],
    ['c1branch@b', ['b'], []],
    ['c1branch@d', ['d1'], []],
    ['c2branch@b+2', ['d2'], []],
    ['current', ['d2', 'c1'], ['d2', 'c1']],
    ['c2branch@current', ['d2'], ['d2', 'c1']],
    ['c2branch@-1', ['c2'], ['d2', 'c1']],
    ['c1branch@+1', ['d1'], ['d2', 'c1']],
    ['c2branch@+1', ['c2'], ['c1']],
    ['c2branch@+3', ['c2'], []],
    ['c1branch@-1', ['b'], ['c1']],
  ])('%s is %j when %j are current', (target, expected, current) => {
    expect(resolveRevisions(branches, target, current)).toEqual(expected);
  });

  test.each([
    ['head', [], 'MULTIPLE_HEADS', { heads: ['d2', 'd1'], argument: 'head' }],
    ['b@head', [], 'MULTIPLE_HEADS', { heads: ['d2', 'd1'], argument: 'b@head' }],
    ['heads-1', [], 'MULTIPLE_HEADS', { heads: ['d2', 'd1'] }],
    ['+1', ['b'], 'AMBIGUOUS_WALK', { at: 'b', direction: 'up', candidates: ['c1', 'c2'] }],
    ['a+2', [], 'AMBIGUOUS_WALK', { at: 'b', candidates: ['c1', 'c2'] }],
    ['+1', ['d1', 'c2'], 'AMBIGUOUS_WALK', { at: ['d1', 'c2'], direction: 'up' }],
    ['-1', ['d1', 'c2'], 'AMBIGUOUS_WALK', { at: ['d1', 'c2'], direction: 'down' }],
    ['b@-1', ['d1', 'c2'], 'AMBIGUOUS_WALK', { at: ['d1', 'c2'] }],
    ['c1branch@c2', [], 'REVISION_NOT_FOUND', { revision: 'c2', branch: 'c1branch' }],
    ['c1branch@d2', [], 'REVISION_NOT_FOUND', { revision: 'd2', branch: 'c1branch' }],
    ['c', [], 'REVISION_AMBIGUOUS', { candidates: ['c2', 'c1'] }],
    ['c1branch@-1', [], 'RELATIVE_OUT_OF_RANGE', { reached: 'base' }],
    ['c1branch@-1', ['d2'], 'RELATIVE_OUT_OF_RANGE', { reached: 'base' }],
  ])('%s with %j current is %s', (target, current, code, facts) => {
    expect(thrownBy(() => resolveRevisions(branches, target, current))).toMatchObject({ code, ...facts });
  });

  test('a merge point has no one way down', () => {
    expect(thrownBy(() => resolveRevision(flaskHistory, '-1', ['dddd44440001']))).toMatchObject({
      code: 'AMBIGUOUS_WALK',
      at: 'dddd44440001',
      direction: 'down',
      candidates: ['cccc33330001', 'bbbb22220001'],
    });
  });

  test('several bases are no one way up', () => {
    expect(thrownBy(() => resolveRevision(flaskHistory, '+1', []))).toMatchObject({
      code: 'AMBIGUOUS_WALK',
      at: 'base',
      candidates: ['aaaa11110001', 'ffff66660001'],
    });
    expect(resolveRevision(flaskHistory, 'other@+1', [])).toBe('ffff66660001');
  });

  test('one revision is asked for, several are meant', () => {
    expect(thrownBy(() => resolveRevision(branches, 'heads', []))).toMatchObject({ code: 'MULTIPLE_HEADS' });
  });

  test('a prefix counts within its branch', () => {
    expect(resolveRevision(flaskHistory, 'feat', [])).toBe('eeee55550001');
    expect(thrownBy(() => resolveRevision(flaskHistory, 'eeee5555', []))).toMatchObject({
      code: 'REVISION_AMBIGUOUS',
      candidates: ['eeee55550002', 'eeee55550001'],
    });
    const map = history('ab1 # x', 'ab2 # y');
    expect(resolveRevision(map, 'x@ab', [])).toBe('ab1');
    expect(resolveRevision(map, 'y@ab', [])).toBe('ab2');
  });

  test('a label may be shortened, too', () => {
    expect(resolveRevision(branches, 'c2bran', [])).toBe('c2');
    expect(resolveRevision(branches, 'c2bran@head', [])).toBe('d2');
  });
});

describe('dependencies', () => {
  test('heads are the real ones, head must be one of all', () => {
    expect(resolveRevisions(dependentHistory, 'heads', [])).toEqual(['b1b1b1b1b1b1', 'a3a3a3a3a3a3']);
    expect(thrownBy(() => resolveRevisions(dependentHistory, 'head', []))).toMatchObject({
      code: 'MULTIPLE_HEADS',
      heads: ['b1b1b1b1b1b1', 'a2a2a2a2a2a2', 'a3a3a3a3a3a3'],
      hint: expect.stringContaining('dep@head'),
    });
  });

  test('a branch without a row of its own is where its newest applied revision is', () => {
    expect(resolveRevision(dependentHistory, 'a2@-1', ['b1b1b1b1b1b1'])).toBe('a1a1a1a1a1a1');
  });
});

describe('identifiers with a dash', () => {
  const map = history('fix', 'fix-2 < fix', 'fix-20a < fix-2', 'last < fix-20a');
  test.each([
    ['fix-2', 'fix-2'],
    ['fix-20', 'fix-20a'],
    ['fix-1', null],
    ['fix-2-1', 'fix'],
    ['fix+2', 'fix-20a'],
  ])('%s is %s', (target, expected) => {
    expect(resolveRevision(map, target, [])).toBe(expected);
  });
});

describe('without', () => {
  test('any revision, head and heads are nothing', () => {
    const empty = buildRevisionMap([]);
    expect(resolveRevisions(empty, 'head', [])).toEqual([]);
    expect(resolveRevisions(empty, 'heads', [])).toEqual([]);
    expect(thrownBy(() => resolveRevisions(empty, '-1', []))).toMatchObject({
      code: 'RELATIVE_OUT_OF_RANGE',
    });
  });

  test.each(['current', '+1', '-1', 'current-1', 'c1branch@+1'])(
    'a database, %s cannot be told',
    (target) => {
      expect(asksForDatabase(branches, target)).toBe(true);
      expect(thrownBy(() => resolveRevisions(branches, target, null))).toMatchObject({
        code: 'USAGE_INVALID',
      });
    },
  );

  test.each(['heads', 'base', 'a', 'a+1', 'c1branch@head-1'])('a database, %s can be told', (target) => {
    expect(asksForDatabase(branches, target)).toBe(false);
    expect(() => resolveRevisions(branches, target, null)).not.toThrow();
  });
});
