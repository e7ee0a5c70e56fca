import {
  dependentHistory,
  flaskHistory,
  freshmakerHistory,
  thrownBy,
} from '../../test/revision/histories.ts';
import { checkCurrentHeads, effectiveHeads, isAtHeads, pendingRevisions } from './current-heads.ts';

describe('version rows', () => {
  test('are listed newest first', () => {
    const rows = ['bbbb22220001', 'ffff66660001'];
    expect(checkCurrentHeads(flaskHistory, rows)).toEqual(['ffff66660001', 'bbbb22220001']);
    expect(checkCurrentHeads(flaskHistory, [])).toEqual([]);
  });

  test('that are there twice are invalid', () => {
    const rows = ['bbbb22220001', 'ffff66660001', 'bbbb22220001'];
    expect(thrownBy(() => checkCurrentHeads(flaskHistory, rows))).toMatchObject({
      code: 'VERSION_TABLE_INVALID',
      current: rows,
      repeated: ['bbbb22220001'],
    });
  });

  test('that no script has are all named', () => {
    expect(thrownBy(() => checkCurrentHeads(flaskHistory, ['feed', 'bbbb22220001', 'bbbb']))).toMatchObject({
      code: 'UNKNOWN_DATABASE_REVISION',
      revisions: ['feed', 'bbbb'],
    });
  });

  test('of an ancestor, through a dependency too, are invalid', () => {
    expect(
      thrownBy(() => checkCurrentHeads(dependentHistory, ['b1b1b1b1b1b1', 'a1a1a1a1a1a1'])),
    ).toMatchObject({
      code: 'VERSION_TABLE_INVALID',
      current: ['b1b1b1b1b1b1', 'a1a1a1a1a1a1'],
      implied: ['a1a1a1a1a1a1'],
    });
  });
});

describe('where a database is', () => {
  test('includes branches that have no row of their own', () => {
    expect(effectiveHeads(dependentHistory, ['b1b1b1b1b1b1'])).toEqual(['b1b1b1b1b1b1', 'a2a2a2a2a2a2']);
    expect(effectiveHeads(dependentHistory, ['a1a1a1a1a1a1'])).toEqual(['a1a1a1a1a1a1']);
    expect(effectiveHeads(dependentHistory, [])).toEqual([]);
  });

  test('is so many revisions behind', () => {
    expect(pendingRevisions(freshmakerHistory, ['fbc2eac9bfa5'])).toEqual(['2358b6f55f24', 'fcba8824bf8d']);
    expect(pendingRevisions(dependentHistory, ['b1b1b1b1b1b1'])).toEqual(['a3a3a3a3a3a3']);
    expect(pendingRevisions(freshmakerHistory, ['fcba8824bf8d'])).toEqual([]);
  });

  test('is at head when all is applied, with dependencies counted in', () => {
    expect(isAtHeads(dependentHistory, ['a3a3a3a3a3a3', 'b1b1b1b1b1b1'])).toBe(true);
    expect(isAtHeads(dependentHistory, ['b1b1b1b1b1b1'])).toBe(false);
    expect(isAtHeads(freshmakerHistory, [])).toBe(false);
  });
});
