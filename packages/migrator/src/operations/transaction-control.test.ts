import { Operations } from './operations.ts';
import { transactionControlIn } from './transaction-control.ts';

describe('statements that begin or end a transaction', () => {
  test.each([
    ['COMMIT', 'COMMIT'],
    ['-- done\ncommit;', 'commit'],
    ['UPDATE t SET a = 1; COMMIT; BEGIN', 'COMMIT'],
    ['START TRANSACTION', 'START TRANSACTION'],
    ['ROLLBACK', 'ROLLBACK'],
    ['END TRANSACTION', 'END TRANSACTION'],
    ["PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION ''"],
  ])('%s', (text, found) => {
    expect(transactionControlIn(text)).toBe(found);
  });

  test.each([
    'SAVEPOINT a; ROLLBACK TO a; RELEASE a',
    'ROLLBACK TRANSACTION TO SAVEPOINT a',
    "INSERT INTO t VALUES ('a; COMMIT')",
    'UPDATE t SET a = 1 /* ; COMMIT; */ -- ; ROLLBACK',
    'CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; END; SELECT 1',
    'CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN; RETURN new; END; $$ LANGUAGE plpgsql',
    'DO $body$ BEGIN PERFORM 1; COMMIT; END $body$',
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END',
    "INSERT INTO t VALUES ('$$'); INSERT INTO t VALUES ('$$; COMMIT')",
    "PREPARE p AS SELECT 1; COMMENT ON TABLE t IS 'x'",
  ])('none in %s', (text) => {
    expect(transactionControlIn(text)).toBeNull();
  });

  test('execute refuses them while the script is read', () => {
    expect(() => new Operations().execute('UPDATE t SET a = 1; COMMIT')).toThrow(
      expect.objectContaining({ code: 'OPERATION_INVALID', message: expect.stringContaining('"COMMIT"') }),
    );
  });
});
