/** A migration test has found something; the message says which revision, which engine and what differs. */
export class MigrationTestFailure extends Error {
  override readonly name = 'MigrationTestFailure';
}
