/** The server's superuser. */
export const superuser = 'postgres';

/** The whole environment of the server's programs: nothing of the caller's `PG*`, locale or time zone. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** `initdb`'s arguments beside the data directory: the socket is open to all who reach it, TCP asks a password. */
export const initdbArguments: readonly string[] = [
  `--username=${superuser}`,
  '--auth-local=trust',
  '--auth-host=scram-sha-256',
  '--encoding=UTF8',
  '--no-locale',
  '--no-sync',
];

/** Server settings by name, as in `postgresql.conf`. */
export type ServerSettings = Readonly<Record<string, string>>;

/** The data lives no longer than the server does, so nothing is ever made durable. */
export const throwAwaySettings: ServerSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // A worker looking into a template database would make cloning it wait.
  autovacuum: 'off',
  max_connections: '200',
  // Shared memory in the data directory: nothing can be left behind elsewhere.
  dynamic_shared_memory_type: 'mmap',
};

/** Settings as command line arguments of `postgres`. */
export function settingArguments(settings: ServerSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
