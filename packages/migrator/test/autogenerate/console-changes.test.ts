import { compare } from '../../src/autogenerate/compare.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { describeOperation } from '../../src/operations/describe.ts';
import { engines } from './engine.ts';
import { history, models, rows } from './mutations/mutation.ts';

interface ConsoleChange {
  readonly name: string;
  /** What somebody types, which no operation of ours would do. */
  readonly statements: readonly string[];
  /** Kind and table of what a comparison says. */
  readonly found: readonly string[];
  /** The first version of PostgreSQL that knows it; a server whose name says no version is not asked. */
  readonly since?: number;
}

const changes: readonly ConsoleChange[] = [
  {
    name: 'a primary key that others refer to has another name',
    statements: ['ALTER TABLE owners RENAME CONSTRAINT owners_pkey TO other'],
    found: [
      'dropConstraint things',
      'dropConstraint owners',
      'createPrimaryKey owners',
      'createForeignKey things',
    ],
  },
  {
    name: 'an index that was never finished',
    statements: ["UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'things_seen'::regclass"],
    found: ['createIndex things'],
  },
  {
    name: 'a unique constraint is an index of its name',
    statements: [
      'ALTER TABLE owners DROP CONSTRAINT owners_mail_key',
      'CREATE UNIQUE INDEX owners_mail_key ON owners (mail)',
    ],
    found: ['dropIndex owners', 'createUniqueConstraint owners'],
  },
  {
    name: 'an enumeration has another name',
    statements: ['ALTER TYPE size RENAME TO other'],
    found: ['alterColumn things'],
  },
  {
    name: 'a number of a domain',
    statements: [
      'CREATE DOMAIN positive AS bigint CHECK (VALUE > 0)',
      'ALTER TABLE pairs ALTER COLUMN rank TYPE positive',
    ],
    found: ['alterColumn pairs'],
  },
  {
    name: 'a sequence that no column owns',
    statements: ['ALTER SEQUENCE owners_id_seq OWNED BY NONE'],
    found: ['alterColumn owners'],
  },
  {
    name: 'a foreign key sets some columns only',
    statements: [
      'ALTER TABLE things DROP CONSTRAINT things_owner_id_fkey',
      'ALTER TABLE things ADD CONSTRAINT things_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES owners (id) ON DELETE SET NULL (owner_id)',
    ],
    found: ['dropConstraint things', 'createForeignKey things'],
  },
  {
    name: 'a foreign key is not enforced',
    statements: ['ALTER TABLE things ALTER CONSTRAINT things_owner_id_fkey NOT ENFORCED'],
    found: ['dropConstraint things', 'createForeignKey things'],
    since: 18,
  },
  {
    name: 'a check is not enforced',
    statements: [
      'ALTER TABLE things DROP CONSTRAINT things_sane',
      "ALTER TABLE things ADD CONSTRAINT things_sane CHECK (count >= 0 and label <> '') NOT ENFORCED",
    ],
    found: ['dropConstraint things', 'createCheckConstraint things'],
    since: 18,
  },
  {
    name: 'a NOT NULL has not looked at the rows',
    statements: [
      'ALTER TABLE things ALTER COLUMN label DROP NOT NULL',
      'ALTER TABLE things ADD CONSTRAINT given NOT NULL label NOT VALID',
    ],
    found: ['alterColumn things'],
    since: 18,
  },
];

describe.each(engines.filter(({ dialect }) => dialect.name === 'postgresql'))(
  'typed into $name',
  (engine) => {
    const { dialect, lend } = engine;

    const version = Number(/\d+$/.exec(engine.name)?.[0] ?? 0);

    test.each(changes.filter(({ since = 0 }) => since <= version))('$name', async ({ statements, found }) => {
      await lend(async (database) => {
        await database.migrate(history);
        await database.byHand(...rows, ...statements);
        const live = await database.inspect();
        const before = await contents();

        const comparison = compare({ live, models, dialect, history });
        const said = comparison.operations.map((each) => describeOperation(each, live));
        expect(said.map(({ kind, table }) => `${kind} ${table}`)).toEqual(found);

        await database.migrate(comparison.operations);
        const mended = await database.inspect();
        expect(compare({ live: mended, models, dialect, history }).operations).toEqual([]);

        await database.migrate(downgradeOf(comparison));
        expect(await contents()).toEqual(before);

        async function contents() {
          const tables = ['owners', 'things', 'pairs'];
          return Promise.all(tables.map((table) => database.query(`SELECT * FROM ${table} ORDER BY 1, 2`)));
        }
      });
    });
  },
);
