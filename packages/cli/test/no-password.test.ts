import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { engines } from './engines.ts';
import { runCli, temporaryFolder } from './run-cli.ts';

/** Passwords as people have them: with characters that mean something in URLs, JSON and shells. */
const password = fc
  .string({
    unit: fc.constantFrom(...'aZ09%:/?#[]@!$&\'()*+,;="\\ \u00e9-_.~|^`{}<>'),
    minLength: 6,
    maxLength: 20,
  })
  // A password that is part of what is printed anyway cannot be told from it.
  .map((text) => `s3cr3t${text}`);

/** What leads to an error, an answer, or the use of a database that is not there. */
const commands = [
  ['db', 'current'],
  ['db', 'current', '-v'],
  ['db', 'upgrade', '-vv'],
  ['db', 'history', '-i'],
  ['db', 'stamp', 'nope'],
  ['createdb'],
  ['db', 'upgrade', '--nope'],
];

/** A place where nobody listens, so that connecting fails at once. */
const unreachable = (text: string) => `postgresql://someone:${text}@127.0.0.1:1/database`;

async function everythingPrinted(
  argv: readonly string[],
  options: Parameters<typeof runCli>[1],
): Promise<string> {
  const outcomes = [await runCli(argv, options), await runCli([...argv, '--json'], options)];
  return outcomes.map(({ stdout, stderr }) => stdout + stderr).join('\n');
}

describe('no output holds a password', () => {
  test('of a URL, wherever it is configured and however it is written', async () => {
    using folder = temporaryFolder();
    const config = folder.file('freshmaker.config.json');
    await fc.assert(
      fc.asyncProperty(password, fc.boolean(), fc.constantFrom(...commands), fc.nat(3), async (...drawn) => {
        const [secret, encoded, command, place] = drawn;
        const url = unreachable(encoded ? encodeURIComponent(secret) : secret);
        writeFileSync(config, JSON.stringify(place === 2 ? { databaseUrl: url } : {}));
        const env = {
          ...(place === 0 ? { FRESHMAKER_DATABASE_URL: url } : {}),
          ...(place === 1 ? { SQLALCHEMY_DATABASE_URI: url } : {}),
        };
        const argv = place === 3 ? [...command, '--database-url', url] : command;
        const printed = await everythingPrinted(argv, { env, cwd: folder.path });
        for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
          expect(printed).not.toContain(form);
        }
        expect(printed).not.toContain('s3cr3t');
      }),
      { numRuns: 60 },
    );
  });

  test('of PGPASSWORD and of a query parameter', async () => {
    for (const command of commands) {
      const url = 'postgresql://someone@127.0.0.1:1/database';
      const printed = [
        await everythingPrinted(command, {
          env: { FRESHMAKER_DATABASE_URL: url, PGPASSWORD: 's3cr3t-word' },
        }),
        await everythingPrinted(command, { env: { FRESHMAKER_DATABASE_URL: `${url}?password=s3cr3t-word` } }),
      ].join('\n');
      expect(printed).not.toContain('s3cr3t-word');
    }
  });
});

test('the debug output of libraries does not hold it either', () => {
  const binary = fileURLToPath(new URL('../bin/run.js', import.meta.url));
  const url = 'postgresql://someone:s3cr3t-word@127.0.0.1:1/database';
  const { stdout, stderr } = spawnSync(process.execPath, [binary, 'db', 'current', '--database-url', url], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', DEBUG: '*' },
  });
  expect(stderr).toContain('oclif');
  expect(stdout + stderr).not.toContain('s3cr3t');
});

describe.each(engines().filter(({ dialect }) => dialect === 'postgresql'))('$name', ({ create }) => {
  test('refuses a wrong password without repeating it', async () => {
    await using database = await create();
    const url = new URL(database.url);
    url.username = 'nobody_of_that_name';
    url.password = 's3cr3t-word';
    const { code, stdout, stderr } = await runCli(['db', 'current'], {
      env: { FRESHMAKER_DATABASE_URL: url.href },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('[DATABASE_UNREACHABLE]');
    expect(stderr).not.toContain('s3cr3t');
  });
});
