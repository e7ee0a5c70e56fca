import type { DecisionFlags } from '../../../src/autogenerate/decision-flags.ts';
import { apply } from '../../../src/operations/apply.ts';
import type { Operations } from '../../../src/operations/operations.ts';
import { emptySchema } from '../../../src/schema/schema.ts';
import { recorded } from '../recorded.ts';

/** The history of a small project; its end is what the models want. */
export const history = recorded((op) => {
  const { column, foreignKey, primaryKey, unique, check, t, sql } = op;
  op.createTable(
    'owners',
    [
      column('id', t.integer(), { primaryKey: true }),
      column('name', t.string(50), { nullable: false }),
      column('mail', t.string()),
      unique(['mail']),
    ],
    { comment: "who owns: people's names" },
  );
  op.createTable('things', [
    column('id', t.integer(), { primaryKey: true }),
    column('label', t.string(20), { nullable: false, serverDefault: 'none' }),
    column('count', t.integer(), { nullable: false, serverDefault: 0 }),
    column('price', t.numeric(10, 2)),
    column('seen', t.dateTime({ timezone: true }), { serverDefault: sql('CURRENT_TIMESTAMP') }),
    column('size', t.enum('size', ['small', 'large'])),
    column('note', t.text(), { comment: 'free text' }),
    column('owner_id', t.integer()),
    column('other_id', t.integer()),
    column('doubled', t.integer(), { generated: 'count * 2' }),
    foreignKey(['owner_id'], 'owners', ['id'], { name: 'things_owner_id_fkey', onDelete: 'CASCADE' }),
    unique(['label', 'count'], { name: 'things_label_count_key' }),
    check("count >= 0 and label <> ''", { name: 'things_sane' }),
  ]);
  op.createTable('pairs', [
    column('left', t.integer()),
    column('right', t.integer()),
    column('rank', t.bigInteger(), { nullable: false }),
    primaryKey(['left', 'right']),
  ]);
  op.createIndex('things_seen', 'things', ['seen']);
  op.createIndex('things_unique', 'things', ['count', 'price'], { unique: true });
  op.createIndex('things_partial', 'things', [{ column: 'count', order: 'desc' }], { where: 'count > 10' });
  op.createIndex('things_lower', 'things', [{ expression: 'lower(label)' }]);
});

export const models = history.reduce(apply, emptySchema);

export const rows = [
  "INSERT INTO owners (id, name, mail) VALUES (1, 'Ann', 'a@x'), (2, 'Bob', NULL)",
  "INSERT INTO things (id, label, count, price, size, note, owner_id) VALUES (1, 'one', 5, 1.50, 'small', 'n', 1), (2, 'two', 20, NULL, 'large', NULL, NULL)",
  'INSERT INTO pairs ("left", "right", rank) VALUES (1, 2, 3), (2, 1, 4)',
];
/** A change by hand, and what a comparison makes of it. */
export interface Mutation {
  readonly name: string;
  readonly change: (op: Operations, dialect: 'sqlite' | 'postgresql') => void;
  /** What a comparison says, in the words of `--json`: kind and what it is about. */
  readonly found: readonly string[];
  readonly on?: 'sqlite' | 'postgresql';
  readonly flags?: DecisionFlags;
  /** True where the hand-made state cannot come back exactly. */
  readonly oneWay?: boolean;
}
