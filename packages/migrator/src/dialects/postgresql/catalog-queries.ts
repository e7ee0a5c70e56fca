/** Rows of the queries below. Numbers are catalog oids and attribute numbers as text, so that none is rounded. */
export interface TableRow {
  readonly id: string;
  readonly name: string;
  readonly comment: string | null;
  /** What the schema's nouns have no place for. */
  readonly inherits: boolean;
  readonly unlogged: boolean;
  readonly dependents: readonly string[];
}

export interface ColumnRow {
  readonly table_id: string;
  /** What constraints and indexes call it. */
  readonly number: number;
  readonly name: string;
  readonly type: string;
  /** The name of the enumeration type, where it is one of this schema. */
  readonly enum_name: string | null;
  readonly not_null: boolean;
  readonly expression: string | null;
  /** `a` always, `d` by default, empty for none. */
  readonly identity: string;
  /** `s` stored, `v` virtual, empty for none. */
  readonly generated: string;
  readonly serial: boolean;
  readonly collation: string | null;
  readonly comment: string | null;
  readonly dependents: readonly string[];
}

export interface ConstraintRow {
  readonly table_id: string;
  readonly name: string;
  /** `p` primary key, `u` unique, `c` check, `f` foreign key, `x` exclusion. */
  readonly type: string;
  /** Numbers of columns; null for a check on none. */
  readonly columns: readonly number[] | null;
  readonly expression: string | null;
  readonly ref_id: string;
  readonly ref_table: string | null;
  readonly ref_columns: readonly number[] | null;
  readonly on_delete: string;
  readonly on_update: string;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly validated: boolean;
  readonly enforced: boolean;
  /** Why the nouns cannot hold all of it; null when they can. */
  readonly beyond: string | null;
}

export interface IndexRow {
  readonly table_id: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly where: string | null;
  readonly columns: readonly IndexColumnRow[];
  readonly include: readonly number[];
  readonly nulls_not_distinct: boolean;
  readonly valid: boolean;
}

export interface IndexColumnRow {
  /** Zero for an expression. */
  readonly column: number;
  readonly expression: string | null;
  /** Bit 0: descending, bit 1: nulls first. */
  readonly options: number;
  readonly collation: string | null;
  readonly opclass: string | null;
}

export interface EnumRow {
  readonly name: string;
  readonly values: readonly string[];
}

export interface ViewRow {
  readonly name: string;
  readonly sql: string;
}

export interface TriggerRow {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** Tables of the current schema that no extension brought: ordinary and partitioned ones, not their partitions. */
const tables = `
  SELECT c.* FROM pg_catalog.pg_class c
  WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema()))
    AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend e
      WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )`;

// Views and functions; what else needs a table belongs to another one, with which it may be dropped before.
export const tablesQuery = `
WITH t AS (${tables})
SELECT t.oid::text AS id, t.relname::text AS name, d.description AS comment,
  EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = t.oid) AS inherits,
  t.relpersistence = 'u' AS unlogged,
  ARRAY(
    SELECT DISTINCT CASE WHEN u.classid = 'pg_catalog.pg_proc'::regclass
      THEN pg_catalog.pg_describe_object(u.classid, u.objid, 0)
      ELSE pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, rw.ev_class, 0) END
    FROM pg_catalog.pg_depend u
    LEFT JOIN pg_catalog.pg_rewrite rw
      ON u.classid = 'pg_catalog.pg_rewrite'::regclass AND rw.oid = u.objid AND rw.rulename = '_RETURN'
    WHERE (u.classid = 'pg_catalog.pg_proc'::regclass OR rw.oid IS NOT NULL) AND u.deptype = 'n'
      AND (u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = t.oid
        OR u.refclassid = 'pg_catalog.pg_type'::regclass AND u.refobjid = t.reltype)
    ORDER BY 1
  ) AS dependents
FROM t
LEFT JOIN pg_catalog.pg_description d
  ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = t.oid AND d.objsubid = 0
ORDER BY t.oid`;

// A NOT NULL that has not been checked may have NULLs under it. A serial column owns the sequence that its default counts
// with. A view is a rule to the catalog. Constraints, indexes and defaults follow their column by themselves. Rules and
// policies of other tables may be gone with them when it matters.
export const columnsQuery = `
WITH t AS (${tables})
SELECT a.attrelid::text AS table_id, a.attnum::int AS number, a.attname::text AS name,
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  CASE WHEN ty.typtype = 'e' AND ty.typnamespace = t.relnamespace THEN ty.typname::text END AS enum_name,
  a.attnotnull AND (a.attrelid, a.attnum) NOT IN (
    SELECT n.conrelid, n.conkey[1] FROM pg_catalog.pg_constraint n WHERE n.contype = 'n' AND NOT n.convalidated
  ) AS not_null,
  pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) AS expression,
  a.attidentity::text AS identity,
  a.attgenerated::text AS generated,
  ad.oid IS NOT NULL AND EXISTS (
    SELECT FROM pg_catalog.pg_depend uses
    JOIN pg_catalog.pg_depend owned ON owned.classid = 'pg_catalog.pg_class'::regclass AND owned.objid = uses.refobjid
    WHERE uses.classid = 'pg_catalog.pg_attrdef'::regclass AND uses.objid = ad.oid
      AND uses.refclassid = 'pg_catalog.pg_class'::regclass
      AND owned.refclassid = 'pg_catalog.pg_class'::regclass AND owned.refobjid = a.attrelid
      AND owned.refobjsubid = a.attnum AND owned.deptype = 'a'
  ) AS serial,
  CASE WHEN a.attcollation <> ty.typcollation THEN co.collname::text END AS collation,
  d.description AS comment,
  ARRAY(
    SELECT DISTINCT CASE WHEN rw.rulename = '_RETURN'
      THEN pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, rw.ev_class, 0)
      ELSE pg_catalog.pg_describe_object(u.classid, u.objid, u.objsubid) END
    FROM pg_catalog.pg_depend u
    LEFT JOIN pg_catalog.pg_rewrite rw ON u.classid = 'pg_catalog.pg_rewrite'::regclass AND rw.oid = u.objid
    LEFT JOIN pg_catalog.pg_policy po ON u.classid = 'pg_catalog.pg_policy'::regclass AND po.oid = u.objid
    WHERE u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = a.attrelid AND u.refobjsubid = a.attnum
      AND (rw.oid IS NULL OR rw.rulename = '_RETURN' OR rw.ev_class = a.attrelid)
      AND (po.oid IS NULL OR po.polrelid = a.attrelid)
      AND u.classid IN ('pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_trigger'::regclass,
        'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_publication_rel'::regclass)
    ORDER BY 1
  ) AS dependents
FROM t
JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type ty ON ty.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
LEFT JOIN pg_catalog.pg_description d
  ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
ORDER BY a.attrelid, a.attnum`;

// What newer versions have is read through JSON, which leaves out the columns that older ones lack.
export const constraintsQuery = `
WITH t AS (${tables})
SELECT c.conrelid::text AS table_id, c.conname::text AS name, c.contype::text AS type,
  c.conkey::int[] AS columns,
  CASE WHEN c.contype = 'c' THEN pg_catalog.pg_get_expr(c.conbin, c.conrelid) END AS expression,
  c.confrelid::text AS ref_id, r.relname::text AS ref_table, c.confkey::int[] AS ref_columns,
  c.confdeltype::text AS on_delete, c.confupdtype::text AS on_update,
  c.condeferrable AS deferrable, c.condeferred AS deferred, c.convalidated AS validated,
  (n.newer ->> 'conenforced') IS DISTINCT FROM 'false' AS enforced,
  CASE
    WHEN c.contype = 'x' THEN 'excludes rows'
    WHEN c.contype = 'f' AND r.relnamespace <> t.relnamespace THEN 'refers to another schema'
    WHEN c.contype = 'f' AND c.confmatchtype <> 's' THEN 'is MATCH FULL'
    WHEN jsonb_typeof(n.newer -> 'confdelsetcols') = 'array' THEN 'sets some of its columns on delete'
    WHEN (n.newer ->> 'conperiod') = 'true' THEN 'is about periods'
    WHEN c.contype = 'p' AND c.condeferrable THEN 'is deferrable'
    WHEN c.contype IN ('p', 'u') AND i.indnatts <> i.indnkeyatts THEN 'includes columns'
    WHEN c.contype IN ('p', 'u') AND (to_jsonb(i) ->> 'indnullsnotdistinct') = 'true' THEN 'takes nulls as equal'
    WHEN c.contype = 'c' AND c.connoinherit THEN 'is not inherited'
  END AS beyond
FROM t
JOIN pg_catalog.pg_constraint c ON c.conrelid = t.oid AND c.contype IN ('p', 'u', 'c', 'f', 'x')
CROSS JOIN LATERAL (SELECT to_jsonb(c) AS newer OFFSET 0) n
LEFT JOIN pg_catalog.pg_class r ON r.oid = c.confrelid
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.conindid
ORDER BY c.conrelid, c.oid`;

// An invalid index is what a concurrent build left behind: nothing uses it. The index of a constraint is that
// constraint's.
export const indexesQuery = `
WITH t AS (${tables})
SELECT i.indrelid::text AS table_id, x.relname::text AS name, i.indisunique AS unique,
  am.amname::text AS method,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS where,
  (
    SELECT json_agg(json_build_object(
      'column', k.number,
      'expression', CASE WHEN k.number = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.position::int, false) END,
      'options', i.indoption[k.position - 1],
      'collation', (
        SELECT co.collname FROM pg_catalog.pg_collation co
        WHERE co.oid = i.indcollation[k.position - 1] AND co.oid <> coalesce(
          (SELECT a.attcollation FROM pg_catalog.pg_attribute a
            WHERE k.number <> 0 AND a.attrelid = i.indrelid AND a.attnum = k.number),
          (SELECT ty.typcollation FROM pg_catalog.pg_attribute e JOIN pg_catalog.pg_type ty ON ty.oid = e.atttypid
            WHERE e.attrelid = i.indexrelid AND e.attnum = k.position)
        )
      ),
      'opclass', (
        SELECT op.opcname FROM pg_catalog.pg_opclass op
        WHERE op.oid = i.indclass[k.position - 1] AND NOT op.opcdefault
      )
    ) ORDER BY k.position)
    FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, position)
    WHERE k.position <= i.indnkeyatts
  ) AS columns,
  ARRAY(
    SELECT k.number::int FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, position)
    WHERE k.position > i.indnkeyatts ORDER BY k.position
  ) AS include,
  coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_not_distinct,
  i.indisvalid OR t.relkind = 'p' AS valid
FROM t
JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = x.relam
WHERE NOT EXISTS (
  SELECT FROM pg_catalog.pg_depend d
  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
    AND d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.deptype = 'i'
)
ORDER BY i.indrelid, i.indexrelid`;

export const enumsQuery = `
SELECT ty.typname::text AS name,
  ARRAY(
    SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = ty.oid ORDER BY e.enumsortorder
  ) AS values
FROM pg_catalog.pg_type ty
WHERE ty.typnamespace = to_regnamespace(quote_ident(current_schema())) AND ty.typtype = 'e'
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = ty.oid AND d.deptype = 'e'
  )
ORDER BY ty.oid`;

export const viewsQuery = `
SELECT c.relname::text AS name, pg_catalog.pg_get_viewdef(c.oid) AS sql
FROM pg_catalog.pg_class c
WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relkind IN ('v', 'm')
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e
    WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
  )
ORDER BY c.oid`;

export const triggersQuery = `
WITH t AS (${tables})
SELECT g.tgname::text AS name, t.relname::text AS table, pg_catalog.pg_get_triggerdef(g.oid) AS sql
FROM t
JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
ORDER BY g.oid`;
