import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUrlError, type PostgresqlAddress, parseDatabaseUrl } from './database-url.ts';
import { postgresqlClientConfig } from './postgresql-client-config.ts';

const config = (url: string) =>
  postgresqlClientConfig(parseDatabaseUrl(url, { cwd: '/', env: { USER: 'me' } }) as PostgresqlAddress);

/** A server that answers the question whether it speaks SSL, and nothing else. */
async function serverThatSays(answer: string): Promise<{ port: number; server: Server; asked: Buffer[] }> {
  const asked: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      asked.push(data);
      socket.end(answer);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { port: (server.address() as AddressInfo).port, server, asked };
}

test.each([
  ['prefer', 'S', { rejectUnauthorized: false }],
  ['prefer', 'N', false],
  ['prefer', '', false],
  ['allow', 'S', { rejectUnauthorized: false }],
])('sslmode=%s with a server that says "%s"', async (mode, answer, ssl) => {
  const { port, server, asked } = await serverThatSays(answer);
  const result = await config(`postgresql://u@127.0.0.1:${port}/db?sslmode=${mode}`);
  server.close();
  expect(asked.map((data) => data.toString('hex'))).toEqual(['0000000804d2162f']);
  expect(result.ssl).toEqual(ssl === false ? false : expect.objectContaining(ssl));
});

test('a server that cannot be reached is asked nothing more: connecting will tell why', async () => {
  const { port, server } = await serverThatSays('S');
  await new Promise((closed) => server.close(closed));
  expect((await config(`postgresql://u@127.0.0.1:${port}/db`)).ssl).toBe(false);
});

describe('certificates', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'freshmaker-ssl-'));
    for (const name of ['ca', 'cert', 'key']) {
      writeFileSync(join(directory, name), `text of ${name}`);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test.each([
    ['disable', '', false],
    ['require', '', { rejectUnauthorized: false }],
    ['require', '&sslrootcert=DIR/ca', { rejectUnauthorized: true, ca: 'text of ca' }],
    ['verify-ca', '&sslrootcert=DIR/ca', { rejectUnauthorized: true, ca: 'text of ca' }],
    ['verify-full', '&sslrootcert=system', { rejectUnauthorized: true, ca: undefined }],
    [
      'verify-full',
      '&sslcert=DIR/cert&sslkey=DIR/key',
      { rejectUnauthorized: true, cert: 'text of cert', key: 'text of key' },
    ],
  ])('sslmode=%s%s', async (mode, rest, expected) => {
    const { ssl } = await config(`postgresql://u@h/db?sslmode=${mode}${rest.replaceAll('DIR', directory)}`);
    expect(ssl).toEqual(expected === false ? false : expect.objectContaining(expected));
    // Only `verify-full` compares the name in the certificate with that of the host.
    const checksName =
      ssl !== false && ssl.rejectUnauthorized === true && ssl.checkServerIdentity === undefined;
    expect(checksName).toBe(mode === 'verify-full');
  });

  test('that cannot be read are named', async () => {
    const broken = config('postgresql://u:secret@h/db?sslmode=verify-full&sslrootcert=/nowhere/ca.pem');
    await expect(broken).rejects.toThrow(DatabaseUrlError);
    await expect(broken).rejects.toThrow('The root certificate /nowhere/ca.pem cannot be read: ENOENT.');
  });
});

test('everything else is handed on', async () => {
  const url =
    'postgresql://u:p@/db?host=/run/pg&port=6000&options=-c%20a%3Db&application_name=fm&connect_timeout=5&channel_binding=require';
  expect(await config(url)).toEqual({
    host: '/run/pg',
    port: 6000,
    user: 'u',
    password: 'p',
    database: 'db',
    ssl: false,
    options: '-c a=b',
    application_name: 'fm',
    connectionTimeoutMillis: 5000,
    enableChannelBinding: true,
  });
});
