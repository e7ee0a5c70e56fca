import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageOf } from '../content/image.ts';
import type { SchemaRecipe } from '../content/recipe.ts';
import type { Connection, Store } from './engine.ts';
import { bytesOf, keepSqlite } from './sqlite-store.ts';

/** A database in a file that holds the schema of a recipe, for others to open. */
export async function openSqliteFileStore(recipe: SchemaRecipe): Promise<Store> {
  return new SqliteFileStore(await imageOf('sqlite', recipe));
}

/** A database that code under test opens by its URL, be it in another process. */
class SqliteFileStore implements Store {
  readonly #folder = mkdtempSync(join(tmpdir(), 'freshmaker-test-'));
  readonly #path = join(this.#folder, 'test.db');
  #image: Buffer;

  constructor(image: Buffer) {
    this.#image = image;
    writeFileSync(this.#path, image);
  }

  get url(): string {
    return `sqlite:///${this.#path}`;
  }

  get source(): Store['source'] {
    return { settings: { dbName: this.#path } };
  }

  async seal(connection: Connection): Promise<void> {
    this.#image = await bytesOf(connection);
  }

  async reset(connection: Connection): Promise<void> {
    await connection.close();
    rmSync(`${this.#path}-journal`, { force: true });
    writeFileSync(this.#path, succeeding(readFileSync(this.#path), this.#image));
  }

  keep(name: string, connection: Connection): Promise<string> {
    return keepSqlite(name, connection);
  }

  async dispose(): Promise<void> {
    if (existsSync(this.#folder)) rmSync(this.#folder, { recursive: true });
  }
}

/** Where a SQLite file counts its changes: https://www.sqlite.org/fileformat.html#file_change_counter. */
const changeCounter = 24;
const versionValidFor = 92;

/**
 * An image that others who have the file open see as a change of it: they keep what they have read for as long as the
 * counter in its header stays the same.
 */
function succeeding(before: Buffer, image: Buffer): Buffer {
  const after = Buffer.from(image);
  const count = (before.readUInt32BE(changeCounter) + 1) >>> 0;
  after.writeUInt32BE(count, changeCounter);
  after.writeUInt32BE(count, versionValidFor);
  return after;
}
