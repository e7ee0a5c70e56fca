import type { MikroORM } from '@mikro-orm/core';
import type { DatabaseTable } from '@mikro-orm/sql';
import type { CheckDocument } from '../commands/check.ts';
import type { EntityTarget } from './entity-target.ts';

/**
 * What MikroORM would make for the entities and no operation makes: views, triggers, routines, row level security, partitions,
 * tables of other PostgreSQL schemas. A schema has no place for them; authors write them with `op.execute`.
 *
 * @param target the entities as they would be on PostgreSQL, which has most of these.
 */
export function leftToAuthors(
  { config }: MikroORM,
  { schema, schemaName }: EntityTarget,
): CheckDocument['notCompared'] {
  const isOwn = (of: string | undefined) => of === undefined || of === schemaName;
  const [own, others] = [true, false].map((wanted) =>
    schema.getTables().filter((table) => isOwn(table.schema) === wanted),
  ) as [DatabaseTable[], DatabaseTable[]];
  const views = schema.getViews().map(({ name }) => ({ table: name, what: 'it is a view' }));
  const routines = config.getRoutines().map(({ name }) => ({ table: name, what: 'it is a routine' }));
  return [
    ...own.flatMap((table) => partsOf(table).map((what) => ({ table: table.name, what }))),
    ...others.map(({ name, schema: of }) => ({ table: `${of}.${name}`, what: 'it is in another schema' })),
    ...views,
    ...routines,
  ];
}

function partsOf(table: DatabaseTable): string[] {
  return [
    ...table.getTriggers().map(({ name }) => `its trigger "${name}"`),
    ...table.getPolicies().map(({ name }) => `its policy "${name}"`),
    ...(table.rlsEnabled ? ['its row level security'] : []),
    ...(table.getPartitioning() === undefined ? [] : ['its partitions']),
  ];
}
