import { current } from '../../src/commands/current.ts';
import { stamp } from '../../src/commands/stamp.ts';
import { downgrade, upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, type Place, versionsOf } from './place.ts';

const history = chain(
  ['aaaa01', `op.createTable('t', [column('a', t.integer())]);`, `op.dropTable('t');`],
  ['aaaa02', `op.createTable('u', [column('a', t.integer())]);`, `op.dropTable('u');`],
);

const contextOf = (place: Place) => ({ driver: place.driver, scripts: place.scripts(history) });

const standard = 'version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)';

describe.each(engines)('$name: the version table', (engine) => {
  test('with a row that is NULL names no place: everything but a purge is refused', async () => {
    await using place = await engine.open();
    const context = contextOf(place);
    await place.query('CREATE TABLE alembic_version (version_num VARCHAR(32))');
    await place.query("INSERT INTO alembic_version VALUES ('aaaa01'), (NULL)");
    const refusal = {
      code: 'VERSION_TABLE_INVALID',
      message: expect.stringContaining('a row whose version_num is NULL'),
      hint: expect.stringContaining('DELETE FROM alembic_version WHERE version_num IS NULL'),
    };
    for (const command of [current, upgrade, stamp])
      await expect(command(context)).rejects.toMatchObject(refusal);
    await expect(downgrade(context, 'base')).rejects.toMatchObject(refusal);
    await stamp(context, 'aaaa01', { purge: true });
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect((await upgrade(context)).current).toEqual(['aaaa02']);
  });

  test.each([
    ['takes NULL', 'note TEXT'],
    ['has a default', 'at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL'],
    ['is computed', 'long INTEGER GENERATED ALWAYS AS (length(version_num)) STORED'],
  ])('may have another column that %s, as Alembic has it', async (_, column) => {
    await using place = await engine.open();
    const context = contextOf(place);
    await place.query(`CREATE TABLE alembic_version (${standard.replace(', ', `, ${column}, `)})`);
    const columns = async () => Object.keys((await place.query('SELECT * FROM alembic_version'))[0] ?? {});
    await upgrade(context, 'aaaa01');
    const before = await columns();
    expect(before).toHaveLength(2);
    await upgrade(context);
    await downgrade(context);
    expect(await versionsOf(place)).toEqual(['aaaa01']);
    expect(await columns()).toEqual(before);
    await downgrade(context, 'base');
    expect(await versionsOf(place)).toEqual([]);
  });

  test.each(['CHAR(32)', 'CHAR(12)', 'TEXT', 'VARCHAR(255)'])('may be of %s', async (type) => {
    await using place = await engine.open();
    const context = contextOf(place);
    await place.query(`CREATE TABLE alembic_version (version_num ${type} NOT NULL PRIMARY KEY)`);
    const revisions = async () => (await current(context)).current.map(({ revision }) => revision);
    expect((await upgrade(context, 'aaaa01')).current).toEqual(['aaaa01']);
    expect(await revisions()).toEqual(['aaaa01']);
    expect(await upgrade(context)).toMatchObject({ applied: [{ revision: 'aaaa02' }], current: ['aaaa02'] });
    expect(await upgrade(context)).toEqual({ applied: [], current: ['aaaa02'] });
    expect((await stamp(context, 'aaaa01')).current).toEqual(['aaaa01']);
    expect((await stamp(context, 'aaaa02')).current).toEqual(['aaaa02']);
    expect((await downgrade(context, 'base')).current).toEqual([]);
    expect(await place.query('SELECT * FROM alembic_version')).toEqual([]);
  });

  test.each(
    engine.dialect === 'sqlite'
      ? [['INTEGER PRIMARY KEY', 'INTEGER']]
      : [
          ['json', 'json'],
          ['jsonb', 'jsonb'],
          ['uuid', 'uuid'],
          ['integer', 'integer'],
          ['bytea', 'bytea'],
          ['varchar(32)[]', 'character varying(32)[]'],
          ['"char"', '"char"'],
        ],
  )('of %s is refused whatever is asked', async (declared, type) => {
    await using place = await engine.open();
    const context = contextOf(place);
    await place.query(`CREATE TABLE alembic_version (version_num ${declared})`);
    const stampAnew = (each: typeof context) => stamp(each, 'head', { purge: true });
    for (const command of [current, upgrade, downgrade, stamp, stampAnew]) {
      await expect(command(context)).rejects.toMatchObject({
        code: 'VERSION_TABLE_INVALID',
        message: `The column version_num of alembic_version is of type ${type}, which holds no id of a revision.`,
        hint: expect.stringContaining('VARCHAR(32)'),
        facts: { table: 'alembic_version', type },
      });
    }
    expect(await place.query('SELECT * FROM alembic_version')).toEqual([]);
    await place.query('DROP TABLE alembic_version');
    expect((await stamp(context, 'aaaa01')).current).toEqual(['aaaa01']);
  });

  test.each([
    [
      'wants a value',
      `${standard.replace(', ', ', tenant INTEGER NOT NULL, other TEXT, ')}`,
      'wants a value for "tenant"',
    ],
    ['is the only one', 'revision VARCHAR(32)', 'no column version_num; its columns are revision'],
  ])('with a column that %s is refused before anything runs', async (_, columns, message) => {
    await using place = await engine.open();
    await place.query(`CREATE TABLE alembic_version (${columns})`);
    const context = contextOf(place);
    for (const command of [upgrade, (each: typeof context) => stamp(each, 'head', { purge: true })]) {
      await expect(command(context)).rejects.toMatchObject({
        code: 'VERSION_TABLE_INVALID',
        message: expect.stringContaining(message),
        hint: expect.stringMatching(/\w/),
      });
    }
    expect(await place.query('SELECT * FROM alembic_version')).toEqual([]);
  });
});
