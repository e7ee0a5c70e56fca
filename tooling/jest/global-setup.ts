import { globSync } from 'node:fs';
import { join } from 'node:path';
import { running, serversVariable } from './running-servers.ts';
import { startTestServers } from './test-servers.ts';

/** What is needed of Jest's global configuration: which files the command line selects. */
interface Selection {
  readonly testPathPatterns: {
    toExecutor(options: { rootDir: string }): { isSet(): boolean; isMatch(path: string): boolean };
  };
}

/**
 * Jest's `globalSetup`: starts the servers once for all test files of the run and tells the workers their URLs.
 * Tests that need a database are in a package's `test` folder; a run that selects none of them starts none.
 */
export default async function setUp(
  { testPathPatterns }: Selection,
  { rootDir }: { readonly rootDir: string },
): Promise<void> {
  const selected = testPathPatterns.toExecutor({ rootDir });
  const files = globSync('test/**/*.test.ts', { cwd: rootDir }).map((file) => join(rootDir, file));
  if (!files.some((file) => !selected.isSet() || selected.isMatch(file))) return;
  running.servers = await startTestServers(process.env, (line) => process.stderr.write(`${line}\n`));
  process.env[serversVariable] = JSON.stringify(running.servers.servers);
}
