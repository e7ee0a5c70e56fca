import { running } from './running-servers.ts';

/** Jest's `globalTeardown`: ends the servers of the run. */
export default async function tearDown(): Promise<void> {
  await running.servers?.[Symbol.asyncDispose]();
}
