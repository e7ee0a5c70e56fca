import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { upgrade } from '../../src/commands/upgrade.ts';
import { openDriver } from '../../src/runtime/open-driver.ts';
import type { Script } from './history.ts';
import { type Engine, newFolder, type Place, placeOf } from './place.ts';
import { withBoundaries } from './statement-boundaries.ts';

/**
 * What a migrator leaves that dies before its first statement that may change something, before its second, and so on, each
 * as a database of its own. A process that is killed does no more than this: the system keeps what it has written to files,
 * and closes its connections.
 */
export function deathsOf(engine: Engine, history: readonly Script[]): AsyncGenerator<Place> {
  return engine.dialect === 'sqlite' ? fileDeaths(engine, history) : connectionDeaths(engine, history);
}

/** The files of a SQLite database are copied at every boundary of one run. */
async function* fileDeaths(engine: Engine, history: readonly Script[]): AsyncGenerator<Place> {
  await using place = await engine.open();
  const folder = newFolder();
  let count = 0;
  const driver = withBoundaries(place.driver, () => {
    count++;
    for (const end of ['', '-journal', '-wal', '-shm', '-migrator']) {
      const file = join(place.folder, `test.db${end}`);
      if (existsSync(file)) cpSync(file, join(folder, String(count), `test.db${end}`));
    }
  });
  await upgrade({ driver, scripts: place.scripts(history) }, 'head', { backup: false });
  await using _ = { [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }) };
  for (let at = 1; at <= count; at++) {
    const own = join(folder, String(at));
    const drop = async () => undefined;
    await using left = placeOf({ dialect: 'sqlite', path: join(own, 'test.db') }, own, drop);
    left.scripts(history);
    yield left;
  }
}

/** Every run ends one boundary later: nothing more is sent, and the server loses all its connections. */
async function* connectionDeaths(engine: Engine, history: readonly Script[]): AsyncGenerator<Place> {
  await using place = await engine.open();
  const scripts = place.scripts(history);
  for (let at = 1; ; at++) {
    let count = 0;
    let ended: Promise<unknown> | null = null;
    const driver = withBoundaries(openDriver(place.settings), () => {
      count++;
      if (count < at) return;
      ended ??= place.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      throw new Error('It is dead.');
    });
    const survived = await upgrade({ driver, scripts }, 'head').then(
      () => true,
      () => false,
    );
    await ended;
    await driver.close();
    if (survived) return;
    yield place;
    await place.query('DROP SCHEMA public CASCADE');
    await place.query('CREATE SCHEMA public');
  }
}
