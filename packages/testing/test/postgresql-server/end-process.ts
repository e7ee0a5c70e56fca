// A process of its own that starts a server, tells its directory, and ends or waits to be ended, never stopping
// the server: `node end-process.ts before-start | while-starting | exit | idle | wait`.
import { serverAccount } from '../../src/postgresql-server/account.ts';
import { findBinaries } from '../../src/postgresql-server/binaries.ts';
import { makeDirectory } from '../../src/postgresql-server/directory.ts';
import { startPostgresqlServer } from '../../src/postgresql-server/index.ts';
import { supervise } from '../../src/postgresql-server/supervisor.ts';

const tell = (directory: string) => process.stdout.write(`${directory}\n`);
const when = process.argv[2];

if (when === 'before-start' || when === 'while-starting') {
  const account = serverAccount();
  const binaries = await findBinaries('embedded', account);
  const directory = await makeDirectory(account, binaries.needCopy);
  const supervisor = supervise(directory, ['-k', directory, '-c', 'listen_addresses='], account);
  if (when === 'while-starting') supervisor.start(await binaries.provide(directory));
  tell(directory);
} else {
  tell((await startPostgresqlServer()).socketDirectory);
  if (when === 'exit') process.exit();
  if (when === 'wait') setInterval(() => undefined, 60_000);
}
