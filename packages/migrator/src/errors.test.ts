import { MigratorError, RevisionError } from './errors.ts';

describe('MigratorError', () => {
  test('is printed as code, message, hint and facts, without its cause', () => {
    const error = new RevisionError('REVISION_AMBIGUOUS', 'Prefix ab is ambiguous', {
      hint: 'Type more digits',
      cause: new Error('below'),
      facts: { candidates: ['ab1', 'ab2'] },
    });
    expect(error).toBeInstanceOf(MigratorError);
    expect(error.name).toBe('RevisionError');
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'REVISION_AMBIGUOUS',
      message: 'Prefix ab is ambiguous',
      hint: 'Type more digits',
      candidates: ['ab1', 'ab2'],
    });
  });
});
