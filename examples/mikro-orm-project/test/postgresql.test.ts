import { createDatabase, postgresqlServers } from '../../../tooling/jest/postgresql.ts';
import { testCommandLines } from './command-lines.ts';

// One server is enough here, the engine's tests run on all of them.
const [server] = postgresqlServers();
if (server) testCommandLines({ name: server.name, open: () => createDatabase(server) });
else test.skip('PostgreSQL is skipped on demand', () => undefined);
