import type { MikroORM } from '@mikro-orm/core';
import type { Models } from '../commands/check.ts';
import { targetSchema } from './entity-schema.ts';
import { postgresqlTarget } from './entity-target.ts';
import { leftToAuthors } from './left-to-authors.ts';
import { skippedTables } from './skipped-tables.ts';

/** What a project's entities say, for all commands that compare. */
export interface EntityModels extends Models {
  readonly leftToAuthors: NonNullable<Models['leftToAuthors']>;
}

/**
 * Reads the entities of an ORM: their schema as {@link entitySchema} gives it, the tables that MikroORM skips, and what is left
 * to the authors of scripts. Touches no database.
 *
 * @param orm discovered, for any SQL database; need not be connected.
 */
export async function entityModels(orm: MikroORM): Promise<EntityModels> {
  const target = await postgresqlTarget(orm);
  return {
    schema: await targetSchema(orm, target),
    tables: { exclude: skippedTables(orm) },
    leftToAuthors: leftToAuthors(orm, target),
  };
}
