import fc from 'fast-check';
import { DatabaseUrlError, describeDatabase, parseDatabaseUrl } from './database-url.ts';

const context = { cwd: '/checkout', env: { USER: 'me', HOME: '/home/me' } };
const parse = (url: string, env: Record<string, string> = {}) =>
  parseDatabaseUrl(url, { ...context, env: { ...context.env, ...env } });
const postgresql = {
  dialect: 'postgresql',
  host: null,
  port: 5432,
  user: 'me',
  password: undefined,
  database: 'me',
  ssl: { mode: 'prefer' },
  channelBinding: false,
};

test.each([
  ['sqlite://', ':memory:'],
  ['sqlite:///', ':memory:'],
  ['sqlite:///:memory:', ':memory:'],
  ['sqlite:///freshmaker.db', '/checkout/freshmaker.db'],
  ['sqlite:///data/../other.db', '/checkout/other.db'],
  ['sqlite:////var/lib/fm.db', '/var/lib/fm.db'],
  ['sqlite+pysqlite:////var/lib/fm.db', '/var/lib/fm.db'],
  ['SQLite:////var/lib/fm.db', '/var/lib/fm.db'],
  ['sqlite:////my files/100%/ä@b:c.db', '/my files/100%/ä@b:c.db'],
  ['sqlite:////a.db?check_same_thread=False', '/a.db'],
])('%s is the file %s', (url, path) => {
  expect(parse(url)).toEqual({ dialect: 'sqlite', path });
});

test('a SQLite URL may say how long to wait for a lock', () => {
  expect(parse('sqlite:///a.db?timeout=2.5')).toEqual({
    dialect: 'sqlite',
    path: '/checkout/a.db',
    busyTimeoutSeconds: 2.5,
  });
});

test.each([
  ['postgresql://', {}],
  ['postgres://', {}],
  ['postgresql+psycopg2://', {}],
  ['postgresql+asyncpg:///db', { database: 'db' }],
  ['postgresql://h', { host: 'h' }],
  ['postgresql://u@h', { host: 'h', user: 'u', database: 'u' }],
  ['postgresql://u:p@h:6543/db', { host: 'h', port: 6543, user: 'u', password: 'p', database: 'db' }],
  ['postgresql://u:p%40%2F%3A%25@h/d%20b', { host: 'h', user: 'u', password: 'p@/:%', database: 'd b' }],
  ['postgresql://u%40corp:@h/db', { host: 'h', user: 'u@corp', database: 'db' }],
  ['postgresql://u:a/b:c@d@h/db', { host: 'h', user: 'u', password: 'a/b:c@d', database: 'db' }],
  ['postgresql://u:50%@h/db', { host: 'h', user: 'u', password: '50%', database: 'db' }],
  ['postgresql://u@[::1]:6543/db', { host: '::1', port: 6543, user: 'u', database: 'db' }],
  ['postgresql://u@[fe80::1%25eth0]/db', { host: 'fe80::1%eth0', user: 'u', database: 'db' }],
  ['postgresql:///db?host=/run/pg&port=6000', { host: '/run/pg', port: 6000, database: 'db' }],
  ['postgresql://u@/db?host=/run/pg', { host: '/run/pg', user: 'u', database: 'db' }],
  ['postgresql://%2Frun%2Fpg/db', { host: '/run/pg', database: 'db' }],
  ['postgresql://h/db?user=u&password=p', { host: 'h', user: 'u', password: 'p', database: 'db' }],
  ['postgresql://h:1/db?host=/run/pg&port=2&dbname=other', { host: '/run/pg', port: 2, database: 'other' }],
  ['postgresql://h/db?sslmode=disable', { host: 'h', database: 'db', ssl: { mode: 'disable' } }],
  [
    'postgresql://h/db?sslmode=verify-full&sslrootcert=~/ca.pem&sslcert=/c.pem&sslkey=/k.pem',
    {
      host: 'h',
      database: 'db',
      ssl: { mode: 'verify-full', rootCertificate: '/home/me/ca.pem', certificate: '/c.pem', key: '/k.pem' },
    },
  ],
  [
    'postgresql://h/db?options=-c%20search_path%3Dx&application_name=fm&connect_timeout=5',
    {
      host: 'h',
      database: 'db',
      options: '-c search_path=x',
      applicationName: 'fm',
      connectTimeoutSeconds: 5,
    },
  ],
  ['postgresql://h/db?connect_timeout=0', { host: 'h', database: 'db' }],
  [
    'postgresql://h/db?channel_binding=require&keepalives=1',
    { host: 'h', database: 'db', channelBinding: true },
  ],
])('%s', (url, expected) => {
  expect(parse(url)).toEqual({ ...postgresql, ...expected });
});

test('the PG* variables fill what a URL leaves out, and nothing of what it says', () => {
  const env = {
    PGHOST: '/run/pg',
    PGPORT: '6000',
    PGUSER: 'eu',
    PGPASSWORD: 'ep',
    PGDATABASE: 'ed',
    PGSSLMODE: 'require',
    PGSSLROOTCERT: '/ca.pem',
    PGOPTIONS: '-c a=b',
    PGAPPNAME: 'app',
    PGCONNECT_TIMEOUT: '3',
  };
  const filled = {
    dialect: 'postgresql',
    host: '/run/pg',
    port: 6000,
    user: 'eu',
    password: 'ep',
    database: 'ed',
    ssl: { mode: 'require', rootCertificate: '/ca.pem' },
    options: '-c a=b',
    applicationName: 'app',
    connectTimeoutSeconds: 3,
    channelBinding: false,
  };
  expect(parse('postgresql://', env)).toEqual(filled);
  expect(parse('postgresql://u:p@h:1/d?sslmode=disable', env)).toEqual({
    ...filled,
    host: 'h',
    port: 1,
    user: 'u',
    password: 'p',
    database: 'd',
    ssl: { mode: 'disable', rootCertificate: '/ca.pem' },
  });
});

test.each([
  ['', /empty/],
  ['  ', /empty/],
  ['freshmaker.db', /no scheme/],
  ['mysql://u:secret@h/db', /unknown scheme "mysql"; known are sqlite, postgresql and postgres/],
  ['sqlite://relative.db', /no host/],
  ['sqlite:///a.db?mode=ro', /unknown parameter "mode"/],
  ['postgresql://u:secret@h:port/db', /port/],
  ['postgresql://u:secret@h:0/db', /port/],
  ['postgresql://u@h:secret/db', /port/],
  ['postgresql://u:se?cret@h/db', /./],
  ['postgresql://u:secret@[::1/db', /malformed|port/],
  ['postgresql://u:secret@h/db?sslmode=maybe', /sslmode/],
  ['postgresql://u:secret@h/db?colour=red', /unknown parameter "colour"/],
  ['postgresql://u:secret@h1,h2/db', /several hosts/],
  ['postgresql://h/db?host=a&host=b', /more than once/],
  ['postgresql://h/db?connect_timeout=soon', /connect_timeout/],
  ['secret', /no scheme/],
])('%s is refused', (url, message) => {
  const error = (() => {
    try {
      return parse(url);
    } catch (thrown) {
      return thrown;
    }
  })() as DatabaseUrlError;
  expect(error).toBeInstanceOf(DatabaseUrlError);
  expect(error.code).toBe('CONFIG_INVALID');
  expect(error.message).toMatch(message);
  expect(error.hint).not.toBe('');
  expect(`${error.message} ${error.hint} ${error.stack}`).not.toMatch(/secret|cret@/);
});

test('no password reaches an error or a description, whatever is around it', () => {
  const shape = fc.tuple(
    fc.constantFrom('postgresql://', 'postgres:', 'mysql://', 'sqlite://', ''),
    fc.constantFrom('', 'u', 'u@', 'u%40'),
    fc.constantFrom(':', '@', '/', ''),
    fc.constantFrom('', '@h', '@h:99999', '@[h', '@h/db?x=y', '@h?sslmode=q', '@h/d@b'),
  );
  fc.assert(
    fc.property(
      shape,
      fc.constantFrom('Hunter2-', '?Hunter2', 'Hunter2?a=b', 'Hunter2@', '[Hunter2]'),
      ([a, b, c, d], password) => {
        const url = `${a}${b}${c}${password}${d}`;
        try {
          const address = parse(url);
          if (address.dialect === 'postgresql' && address.password?.includes('Hunter2')) {
            expect(describeDatabase(address)).not.toContain('Hunter2');
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DatabaseUrlError);
          expect(`${(error as Error).message}${(error as DatabaseUrlError).hint}`).not.toContain('Hunter2');
        }
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ['sqlite://', 'SQLite database in memory'],
  ['sqlite:////a.db', 'SQLite file /a.db'],
  ['postgresql://u:p@h/db', 'PostgreSQL database "db" at h as user "u"'],
  ['postgresql://u:p@[::1]:1/db', 'PostgreSQL database "db" at [::1]:1 as user "u"'],
  ['postgresql:///db', 'PostgreSQL database "db" at this machine as user "me"'],
])('%s is described as %s', (url, description) => {
  expect(describeDatabase(parse(url))).toBe(description);
});
