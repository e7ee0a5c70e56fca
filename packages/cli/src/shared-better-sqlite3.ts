// What others get who import better-sqlite3, or ask for it by `require`, where this program is a bundle.
import Database from 'better-sqlite3';

const library = Database;
export const { SqliteError } = library;
export { library as default, library as 'module.exports' };
