import type { TestServers } from './test-servers.ts';

/** Handed from Jest's `globalSetup` to its `globalTeardown`, which run in one process. */
export const running: { servers?: TestServers } = {};
