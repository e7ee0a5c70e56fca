import type { IndexColumn, TableIndex } from '../../schema/table-index.ts';
import { requireName } from './object-name.ts';

/** What says the same as saying nothing is left out, as the database reports it. */
export function localizeIndex(index: TableIndex): TableIndex {
  requireName('index', index.name);
  const using = index.using?.toLowerCase() ?? null;
  return { ...index, using: using === 'btree' ? null : using, columns: index.columns.map(localizePart) };
}

function localizePart(part: IndexColumn): IndexColumn {
  const usual = part.order === 'desc' ? 'first' : 'last';
  return { ...part, nulls: part.nulls === usual ? null : part.nulls };
}
