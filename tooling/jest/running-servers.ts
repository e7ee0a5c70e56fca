import type { TestServers } from './test-servers.ts';

/** Handed from Jest's `globalSetup` to its `globalTeardown`, which run in one process. */
export const running: { servers?: TestServers } = {};

/** How the run's servers reach the test workers: JSON of `TestServer[]`. Set by `globalSetup` alone. */
export const serversVariable = 'FRESHMAKER_TEST_POSTGRESQL_SERVERS';
