import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, postgresqlServers } from '../../../tooling/jest/postgresql.ts';
import { connect, DatabaseUrlError, Event, parseDatabaseUrl } from '../src/index.ts';

test('SQLite in memory, with nothing but a URL', async () => {
  const orm = await connect({ databaseUrl: 'sqlite://', environment: { publish: undefined } });
  await orm.schema.create();
  const em = orm.em.fork();
  const event = Event.create(em, 'm1', 'k', 'TestingEvent');
  expect(await event.transition('complete')).toBe(true);
  expect((await event.json()).url).toBe('/api/1/events/1');
  expect(event.timeCreated?.getTime()).toBeCloseTo(Date.now(), -5);
  await orm.close();
});

test('relative SQLite files are where the settings say', async () => {
  const orm = await connect({ databaseUrl: 'sqlite:///freshmaker-connect.db', cwd: tmpdir() });
  expect(orm.config.get('dbName')).toBe(join(tmpdir(), 'freshmaker-connect.db'));
  await orm.close();
  rmSync(join(tmpdir(), 'freshmaker-connect.db'));
});

test.each([
  ['an unknown scheme', 'mysql://u:secret@h/db', DatabaseUrlError],
  ['a file that cannot be opened', 'sqlite:////nowhere/at/all.db', /directory does not exist/],
  ['a server that is not there', 'postgresql://u:secret@127.0.0.1:1/db', /ECONNREFUSED/],
])('%s is an error at once, without the password', async (_what, databaseUrl, expected) => {
  const failed = await connect({ databaseUrl }).catch((error: Error) => error);
  expect(() => {
    throw failed;
  }).toThrow(expected);
  expect(String((failed as Error).stack)).not.toContain('secret');
});

describe.each(postgresqlServers())('on $name', (server) => {
  test('a database that is missing is an error, and stays missing', async () => {
    const { url, drop } = await createDatabase(server);
    await drop();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(connect({ databaseUrl: url })).rejects.toThrow(/does not exist/);
    }
  });

  test('parameters of the URL reach the session', async () => {
    const { url, drop } = await createDatabase(server);
    const address = parseDatabaseUrl(`${url}&application_name=models&options=-c%20work_mem%3D5MB`, {
      cwd: '/',
      env: {},
    });
    const orm = await connect({ databaseUrl: address });
    const em = orm.em.fork();
    const show = async (name: string) => Object.values((await em.execute(`show ${name}`))[0] ?? {})[0];
    expect([await show('application_name'), await show('work_mem')]).toEqual(['models', '5MB']);
    await orm.close();
    await drop();
  });
});
