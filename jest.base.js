const tooling = new URL('tooling/jest/', import.meta.url);

/** What every package's Jest configuration shares: sources run as they are, on Node's own module loader. */
export default {
  runner: 'jest-light-runner',
  transform: {},
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  // More than one, so that test files run in threads of their own on every machine: in the main thread they
  // would share Jest's own process, its environment and exit code.
  maxWorkers: 2,
  globalSetup: new URL('global-setup.ts', tooling).pathname,
  globalTeardown: new URL('global-teardown.ts', tooling).pathname,
  setupFilesAfterEnv: ['time-limit.ts', 'property-seed.ts'].map((name) => new URL(name, tooling).pathname),
};
