import { tableComment } from '../operations/table-comment.ts';
import { type ComparisonContext, commonTables } from './context.ts';

/** Tables whose comments differ. A database without comments has none on either side. */
export function changeTableComments(context: ComparisonContext): void {
  for (const { live, model } of commonTables(context)) {
    if (live.comment !== model.localized.comment) {
      context.edit.add(tableComment(live.name, model.localized.comment));
    }
  }
}
