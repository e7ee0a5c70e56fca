import type { ComparisonContext } from './context.ts';

/** The columns of a table that are dropped, and take their indexes, keys and checks with them. */
export function droppedColumns({ plans }: ComparisonContext, table: string): Set<string> {
  const plan = plans.get(table);
  return new Set([
    ...(plan?.dropped ?? []).map((column) => column.name),
    ...(plan?.regenerated ?? []).map(({ live }) => live.name),
  ]);
}

/** The names that keys and indexes of the models have: what has them now must go before they can be created. */
export function takenNames({ models }: ComparisonContext): Set<string> {
  const names = [...models.values()].flatMap(({ localized }) => [
    ...localized.indexes.map((index) => index.name),
    ...localized.uniques.map((unique) => unique.name ?? ''),
    localized.primaryKey?.name ?? '',
  ]);
  return new Set(names.filter((name) => name !== ''));
}
