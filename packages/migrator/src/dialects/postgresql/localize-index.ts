import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { IndexColumn, TableIndex } from '../../schema/table-index.ts';
import { requireName } from './object-name.ts';

/** What says the same as saying nothing is left out, as the database reports it. */
export function localizeIndex(index: TableIndex, columns: readonly Column[]): TableIndex {
  requireName('index', index.name);
  const using = index.using?.toLowerCase() ?? null;
  return {
    ...index,
    using: using === 'btree' ? null : using,
    columns: index.columns.map((part) =>
      localizePart(
        part,
        columns.find((each) => each.name === part.column),
      ),
    ),
  };
}

function localizePart(part: IndexColumn, column: Column | undefined): IndexColumn {
  const usual = part.order === 'desc' ? 'first' : 'last';
  const opclass = part.opclass?.replace(/^pg_catalog\./, '') ?? null;
  return {
    ...part,
    nulls: part.nulls === usual ? null : part.nulls,
    collation: part.collation === (column?.collation ?? 'default') ? null : part.collation,
    opclass: column && opclass === usualOpclass(column.type) ? null : opclass,
  };
}

/** Source: PostgreSQL, `pg_opclass` where `opcdefault`; the same names for btree, hash and (JSON) gin. */
function usualOpclass(type: DataType): string | null {
  if (type.kind === 'dateTime') return type.timezone ? 'timestamptz_ops' : 'timestamp_ops';
  if (type.kind === 'raw') return null;
  return usual[type.kind];
}

const usual = {
  integer: 'int4_ops',
  smallInteger: 'int2_ops',
  bigInteger: 'int8_ops',
  string: 'text_ops',
  text: 'text_ops',
  boolean: 'bool_ops',
  date: 'date_ops',
  time: 'time_ops',
  float: 'float4_ops',
  double: 'float8_ops',
  numeric: 'numeric_ops',
  json: 'jsonb_ops',
  binary: 'bytea_ops',
  uuid: 'uuid_ops',
  enum: 'enum_ops',
} as const;
