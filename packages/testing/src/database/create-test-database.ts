import { resolveOptions, type TestDatabaseOptions } from './options.ts';
import { TestDatabase } from './test-database.ts';

/**
 * A database of one's own at the head of the history, without a test runner:
 * `await using db = await createTestDatabase()`.
 *
 * @throws TestingError when it cannot be had; it says what to do.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  return TestDatabase.open(resolveOptions(options));
}
