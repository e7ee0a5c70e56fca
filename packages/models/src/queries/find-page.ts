import type { EntityClass, FilterQuery, QueryOrderMap } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { flushAdded } from '../domain/unit-of-work.ts';
import { clampPage, type KeyPage, type Page, type PageRequest, pageCount } from './page.ts';

/** Which rows a list has, and in what order. */
export interface Selection<Entity extends object> {
  readonly where: FilterQuery<NoInfer<Entity>>;
  readonly orderBy: QueryOrderMap<Entity>[];
}

/** A page by its number, without its JSON: at most two statements, whatever its size. */
export async function findPage<Entity extends object>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  { where, orderBy }: Selection<Entity>,
  request: PageRequest,
): Promise<Omit<Page<Entity, never, never>, 'json'>> {
  await flushAdded(em);
  const { page, perPage } = clampPage(request);
  const total = await em.count(entity, where);
  const items =
    perPage === 0
      ? []
      : await em.find(entity, where, { orderBy, limit: perPage, offset: (page - 1) * perPage });
  return { items, page, perPage, total, pages: pageCount(total, perPage) };
}

/**
 * A page after a key, without its JSON: one statement, and the same time however far down it is.
 *
 * @param after the `next` of the page before; none for the first page.
 */
export async function findKeyPage<Entity extends object>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  { where, orderBy }: Selection<Entity>,
  { perPage, after }: Pick<PageRequest, 'perPage'> & { readonly after?: string },
): Promise<Omit<KeyPage<Entity, never, never>, 'json'>> {
  await flushAdded(em);
  const first = clampPage({ perPage }).perPage;
  const cursor = await em.findByCursor(entity, { where, orderBy, first, after, includeCount: false });
  return { items: cursor.items, next: cursor.hasNextPage ? cursor.endCursor : null };
}
