import { writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { imageOf } from '../content/image.ts';
import type { SchemaRecipe } from '../content/recipe.ts';
import type { Connection, Store } from './engine.ts';
import { keptFile } from './kept-file.ts';

/** A database in memory that holds the schema of a recipe. */
export async function openSqliteStore(recipe: SchemaRecipe): Promise<Store> {
  return new SqliteStore(await imageOf('sqlite', recipe));
}

/** A database in memory, made of bytes: opening them is all it takes to be back at the beginning. */
class SqliteStore implements Store {
  readonly url = null;
  #image: Buffer;

  constructor(image: Buffer) {
    this.#image = image;
  }

  get source(): Store['source'] {
    return { settings: { dbName: this.#image } };
  }

  async seal(connection: Connection): Promise<void> {
    this.#image = await bytesOf(connection);
  }

  reset(connection: Connection): Promise<void> {
    return connection.close();
  }

  keep(name: string, connection: Connection): Promise<string> {
    return keepSqlite(name, connection);
  }

  async dispose(): Promise<void> {}
}

/** What is in a database that an ORM is connected to. */
export async function bytesOf(connection: Connection): Promise<Buffer> {
  return (await connection.native<Database.Database>()).serialize();
}

export async function keepSqlite(name: string, connection: Connection): Promise<string> {
  const path = keptFile(`${name}.db`);
  writeFileSync(path, await bytesOf(connection));
  return `sqlite3 '${path}'`;
}
