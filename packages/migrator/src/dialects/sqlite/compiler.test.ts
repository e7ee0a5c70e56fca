import { apply } from '../../operations/apply.ts';
import type { SchemaOperation } from '../../operations/operation.ts';
import { Operations } from '../../operations/operations.ts';
import { t } from '../../schema/data-type.ts';
import { emptySchema, type Schema } from '../../schema/schema.ts';
import { compile } from './compiler.ts';
import { localize } from './localize.ts';

function localized(record: (op: Operations) => void, before: Schema): SchemaOperation[] {
  const op = new Operations();
  record(op);
  let schema = before;
  return op.recorded.map((operation) => {
    const local = localize(operation, schema) as SchemaOperation;
    schema = apply(schema, local);
    return local;
  });
}

const two = localized((op) => {
  op.createTable('parents', [
    op.column('id', t.integer(), { primaryKey: true }),
    op.column('name', t.string(20)),
  ]);
  op.createTable('children', [
    op.column('id', t.integer(), { primaryKey: true }),
    op.column('parent_id', t.integer()),
    op.column('note', t.text()),
    op.foreignKey(['parent_id'], 'parents', ['id'], { name: 'fk', onDelete: 'CASCADE' }),
  ]);
  op.createIndex('ix_note', 'children', ['note']);
}, emptySchema).reduce(apply, emptySchema);

function compiled(record: (op: Operations) => void, before: Schema = two) {
  return compile(localized(record, before), before);
}

describe('what ALTER TABLE can do is done by it', () => {
  test.each<[string, (op: Operations) => void, readonly string[]]>([
    ['nothing', (op) => op.alterColumn('parents', 'name', { comment: 'x' }), []],
    [
      'rename',
      (op) => op.renameColumn('parents', 'name', 'title'),
      ['ALTER TABLE "parents" RENAME COLUMN "name" TO "title"'],
    ],
    [
      'drop with its index',
      (op) => op.dropColumn('children', 'note'),
      ['DROP INDEX "ix_note"', 'ALTER TABLE "children" DROP COLUMN "note"'],
    ],
    [
      'add with a foreign key, in two steps',
      (op) => {
        op.addColumn('parents', op.column('best', t.integer()));
        op.createForeignKey('fk_best', 'parents', 'children', ['best'], ['id']);
      },
      ['ALTER TABLE "parents" ADD COLUMN "best" INTEGER CONSTRAINT "fk_best" REFERENCES "children" ("id")'],
    ],
    [
      'tables that refer to each other',
      (op) => {
        op.createTable('a', [
          op.column('id', t.integer(), { primaryKey: true }),
          op.column('b', t.integer()),
        ]);
        op.createForeignKey(null, 'a', 'parents', ['b'], ['id']);
      },
      [
        'CREATE TABLE "a" (\n  "id" INTEGER NOT NULL,\n  "b" INTEGER,\n  PRIMARY KEY ("id"),\n  FOREIGN KEY ("b") REFERENCES "parents" ("id")\n)',
      ],
    ],
    [
      'a table that is gone again',
      (op) => {
        op.createTable('a', [op.column('id', t.integer(), { primaryKey: true })]);
        op.createCheckConstraint(null, 'a', 'id > 0');
        op.dropTable('a');
      },
      [],
    ],
  ])('%s', (_name, record, expected) => {
    const { statements, foreignKeysOff, rebuilds } = compiled(record);
    expect(statements.filter((each) => each.kind === 'sql').map((each) => each.sql)).toEqual(expected);
    expect({ foreignKeysOff, rebuilds }).toEqual({ foreignKeysOff: false, rebuilds: [] });
  });
});

describe('a rebuild', () => {
  test('is done once per table, however many operations ask for it and whatever stands in between', () => {
    const { rebuilds, foreignKeysOff, statements } = compiled((op) => {
      op.alterColumn('children', 'note', { nullable: false });
      op.alterColumn('parents', 'name', { nullable: false });
      op.renameColumn('children', 'note', 'remark');
      op.alterColumn('children', 'remark', { type: t.string(9) });
      op.createTable('others', [op.column('id', t.integer(), { primaryKey: true })]);
      op.renameTable('parents', 'elders');
      op.createCheckConstraint(null, 'elders', "name <> ''");
      op.createForeignKey('fk_other', 'children', 'others', ['parent_id'], ['id']);
      op.createIndex('ix_parent', 'children', ['parent_id']);
      op.dropConstraint('fk', 'children', { type: 'foreignKey' });
    });
    expect({ rebuilds, foreignKeysOff }).toEqual({ rebuilds: ['children', 'parents'], foreignKeysOff: true });
    expect(statements.filter((each) => each.sql.startsWith('INSERT INTO'))).toHaveLength(2);
  });

  test('leaves the name of an index to the table, which is renamed before', () => {
    const { statements } = compiled((op) => {
      op.dropIndex('ix_note', 'children');
      op.dropConstraint('fk', 'children', { type: 'foreignKey' });
      op.renameTable('children', 'ix_note');
    });
    expect(statements.slice(0, 2).map(({ sql }) => sql)).toEqual([
      'DROP INDEX "ix_note"',
      'ALTER TABLE "children" RENAME TO "ix_note"',
    ]);
  });

  test('comes twice where an expression needs the values of the first', () => {
    const { rebuilds } = compiled((op) => {
      op.alterColumn('children', 'note', { type: t.integer(), using: 'length(note)' });
      op.alterColumn('children', 'parent_id', { nullable: false, backfill: op.sql('note + 1') });
    });
    expect(rebuilds).toEqual(['children', 'children']);
  });

  test('begins with what would make it lose rows', () => {
    const [first] = compiled((op) => op.alterColumn('parents', 'name', { nullable: false })).statements;
    expect(first).toMatchObject({
      kind: 'assertion',
      sql: 'SELECT foreign_keys = 0 FROM pragma_foreign_keys',
    });
  });

  test('is refused for a table with a part that would be lost', () => {
    const opaque: Schema = { ...two, tables: two.tables.map((table) => ({ ...table, opaque: 'it sings' })) };
    expect(() => compiled((op) => op.alterColumn('parents', 'name', { nullable: false }), opaque)).toThrow(
      expect.objectContaining({
        code: 'OPERATION_NOT_SUPPORTED',
        message: expect.stringContaining('it sings'),
      }),
    );
    expect(compiled((op) => op.renameColumn('parents', 'name', 'title'), opaque).statements).toHaveLength(1);
  });
});

describe('renames that a trigger of a rebuilt table mentions', () => {
  const withTrigger: Schema = {
    ...two,
    triggers: [
      {
        name: 'tr',
        table: 'children',
        sql: 'CREATE TRIGGER tr AFTER INSERT ON children BEGIN SELECT NEW.note, NEW.parent_id; END',
      },
    ],
  };

  test('come after the rebuild', () => {
    const { statements } = compiled((op) => {
      op.renameColumn('children', 'note', 'remark');
      op.alterColumn('children', 'remark', { nullable: false, backfill: op.sql("remark || 'x'") });
    }, withTrigger);
    const texts = statements.map((each) => each.sql);
    expect(texts.at(-1)).toBe('ALTER TABLE "children" RENAME COLUMN "note" TO "remark"');
    expect(texts.find((each) => each.startsWith('INSERT'))).toContain(`coalesce("note", ("note" || 'x'))`);
  });

  test('come after the rebuild, too, where a name is given away and taken again', () => {
    const { statements, rebuilds } = compiled((op) => {
      op.renameColumn('children', 'note', 'remark');
      op.addColumn(
        'children',
        op.column('note', t.integer(), { unique: true, check: 'note > length(remark)' }),
      );
    }, withTrigger);
    const texts = statements.map((each) => each.sql);
    expect(texts.slice(-2)).toEqual([
      'ALTER TABLE "children" RENAME COLUMN "note" TO "remark"',
      'ALTER TABLE "children" RENAME COLUMN "_later_note_0" TO "note"',
    ]);
    expect(texts.find((each) => each.startsWith('CREATE TABLE'))).toContain(
      'CHECK ("_later_note_0" > length("note"))',
    );
    expect(rebuilds).toEqual(['children']);
  });

  test('come after the rebuild, too, where two columns swap their names', () => {
    const { statements } = compiled((op) => {
      op.renameColumn('children', 'note', 'x');
      op.renameColumn('children', 'parent_id', 'note');
      op.renameColumn('children', 'x', 'parent_id');
      op.createCheckConstraint(null, 'children', 'note > length(parent_id)');
    }, withTrigger);
    const texts = statements.map((each) => each.sql);
    expect(texts.slice(-3)).toEqual([
      'ALTER TABLE "children" RENAME COLUMN "note" TO "x"',
      'ALTER TABLE "children" RENAME COLUMN "parent_id" TO "note"',
      'ALTER TABLE "children" RENAME COLUMN "x" TO "parent_id"',
    ]);
    expect(texts.find((each) => each.startsWith('CREATE TABLE'))).toContain(
      'CHECK ("parent_id" > length("note"))',
    );
  });

  test('come after the one rebuild where a column gets the name of another that goes', () => {
    const { statements, rebuilds } = compiled((op) => {
      op.dropColumn('children', 'note');
      op.renameColumn('children', 'parent_id', 'note');
      op.createCheckConstraint(null, 'children', 'note > 0');
    });
    expect(statements.at(-1)?.sql).toBe('ALTER TABLE "children" RENAME COLUMN "parent_id" TO "note"');
    expect(rebuilds).toEqual(['children']);
  });

  test('come before an index that takes the name of a table', () => {
    const { statements, rebuilds } = compiled((op) => {
      op.renameTable('children', 'kids');
      op.renameColumn('kids', 'note', 'remark');
      op.createIndex('children', 'kids', ['remark']);
      op.alterColumn('kids', 'remark', { nullable: false, backfill: '' });
    }, withTrigger);
    expect(statements.map((each) => each.sql).slice(-3)).toEqual([
      'ALTER TABLE "children" RENAME TO "kids"',
      'ALTER TABLE "kids" RENAME COLUMN "note" TO "remark"',
      'CREATE INDEX "children" ON "kids" ("remark")',
    ]);
    expect(rebuilds).toEqual(['children']);
  });

  test.each<[string, (op: Operations) => void]>([
    ['is dropped', (op) => op.dropIndex('children')],
    ['loses its column', (op) => op.dropColumn('kids', 'note')],
    ['gets another table name', (op) => op.renameTable('kids', 'sons')],
  ])('are refused with the way out where such an index %s again', (_, change) => {
    const record = (op: Operations) => {
      op.renameTable('children', 'kids');
      op.alterColumn('kids', 'note', { nullable: false, backfill: '' });
      op.createIndex('children', 'kids', ['note']);
      change(op);
    };
    expect(() => compiled(record, withTrigger)).toThrow(
      expect.objectContaining({
        code: 'OPERATION_NOT_SUPPORTED',
        hint: 'Put the renames into a revision of their own.',
      }),
    );
  });
});

describe('foreign keys', () => {
  test.each<[string, (op: Operations) => void]>([
    [
      'to columns that are no key',
      (op) => op.createForeignKey(null, 'children', 'parents', ['note'], ['name']),
    ],
    ['whose target loses its key', (op) => op.dropConstraint(null, 'parents', { type: 'primaryKey' })],
  ])('%s are refused', (_name, record) => {
    expect(() => compiled(record)).toThrow(/which is no key there/);
  });

  test('may find their key in the same revision', () => {
    const { rebuilds } = compiled((op) => {
      op.createForeignKey(null, 'children', 'parents', ['note'], ['name']);
      op.createUniqueConstraint(null, 'parents', ['name']);
    });
    expect(rebuilds).toEqual(['children', 'parents']);
  });

  test('are off where a table that refers to itself is dropped', () => {
    const tree = localized(
      (op) =>
        op.createTable('tree', [
          op.column('id', t.integer(), { primaryKey: true }),
          op.column('up', t.integer()),
          op.foreignKey(['up'], 'tree', ['id'], { onDelete: 'RESTRICT' }),
        ]),
      emptySchema,
    ).reduce(apply, emptySchema);
    expect(compiled((op) => op.dropTable('tree'), tree).foreignKeysOff).toBe(true);
    expect(compiled((op) => op.dropTable('children')).foreignKeysOff).toBe(false);
  });
});
