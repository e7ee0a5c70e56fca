import type { Dialect } from '../dialects/dialect.ts';
import type { Execute } from '../operations/operation.ts';
import type { TableComment } from './comparison.ts';
import { type ComparisonContext, commonTables } from './context.ts';

/** The comments that differ, on a database that has any; a statement stands for the change, since no operation does. */
export function changeTableComments(context: ComparisonContext): TableComment[] {
  if (context.edit.dialect.name !== 'postgresql') return [];
  const changes = commonTables(context)
    .filter(({ live, model }) => live.comment !== model.localized.comment)
    .map(({ live, model }) => ({ table: live.name, from: live.comment, to: model.localized.comment }));
  for (const change of changes) context.edit.add(commentStatement(change, context.edit.dialect));
  return changes;
}

export function commentStatement({ table, to }: TableComment, dialect: Dialect): Execute {
  const comment = to === null ? 'NULL' : dialect.quoteLiteral(to);
  const postgresql = `COMMENT ON TABLE ${dialect.quoteIdentifier(table)} IS ${comment}`;
  return { kind: 'execute', sql: { sqlite: null, postgresql }, parameters: [] };
}
