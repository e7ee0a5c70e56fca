import { hostname } from 'node:os';
import type { Dialect, Statement } from '../../dialects/dialect.ts';
import type { Session } from '../../driver/driver.ts';
import { DatabaseStateError } from '../../errors.ts';
import type { BatchProgress } from '../batches.ts';

export const CHECKPOINT_TABLE = 'migrator_checkpoint';

/** How far a revision is that takes several transactions. */
export interface Checkpoint {
  readonly revision: string;
  readonly direction: 'upgrade' | 'downgrade';
  /** Operations that are done. */
  readonly done: number;
  /** Of the operations that are done: a script that was changed in that part cannot be gone on with. */
  readonly fingerprint: string;
  readonly progress: Progress;
}

/** Inside the operation that is under way. */
export interface Progress {
  /** The fingerprint of an operation that runs outside a transaction and has begun, and its statements. */
  readonly started?: { readonly fingerprint: string; readonly statements: readonly Statement[] };
  /** The walks through tables of a data step, in the order it begins them. */
  readonly walks?: readonly WalkProgress[];
}

export interface WalkProgress extends BatchProgress {
  readonly table: string;
}

/** Whether nothing is done yet: such a checkpoint binds nobody. */
export function isBlank({ done, progress }: Checkpoint): boolean {
  return done === 0 && progress.started === undefined;
}

/** A checkpoint as it is found, with who wrote it last. */
export interface FoundCheckpoint extends Checkpoint {
  readonly owner: { readonly pid: number; readonly host: string; readonly since: string };
}

interface CheckpointRow {
  readonly revision: string;
  readonly direction: Checkpoint['direction'];
  readonly done: number;
  readonly fingerprint: string;
  readonly progress: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/**
 * The table that is there, with one row, while a revision is half done which takes several transactions.
 *
 * Whoever works on the revision has written its own token into the row, and changes it only where the token still is:
 * one that has lost its lock finds out before it commits anything more.
 */
export class CheckpointTable {
  readonly #dialect: Dialect;
  readonly #name: string;
  #ownToken: string | undefined;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#name = dialect.quoteIdentifier(CHECKPOINT_TABLE);
  }

  /** Made when it is needed: few revisions leave a checkpoint, and Node's cryptography takes long to load. */
  get #token(): string {
    this.#ownToken ??= crypto.randomUUID();
    return this.#ownToken;
  }

  /** Null when no revision is half done. */
  async read(session: Session): Promise<FoundCheckpoint | null> {
    if (!(await this.#exists(session))) return null;
    const { rows } = await session.query<CheckpointRow>(
      `SELECT revision, direction, done, fingerprint, progress, pid, host, since FROM ${this.#name}`,
    );
    const [row] = rows;
    if (!row) return null;
    const { pid, host, since, progress, ...rest } = row;
    return { ...rest, progress: JSON.parse(progress), owner: { pid, host, since } };
  }

  async #exists(session: Session): Promise<boolean> {
    return (await session.query(this.existence)).rows.length > 0;
  }

  /** A query that has a row where the table is there. */
  get existence(): string {
    return existenceQueries[this.#dialect.name];
  }

  /** Notes that a revision begins. */
  async start(session: Session, checkpoint: Checkpoint): Promise<void> {
    await this.drop(session);
    await session.query(
      `CREATE TABLE ${this.#name} (revision VARCHAR(32) NOT NULL, direction VARCHAR(9) NOT NULL, done INTEGER NOT NULL,` +
        ' fingerprint TEXT NOT NULL, progress TEXT NOT NULL, token TEXT NOT NULL, pid INTEGER NOT NULL,' +
        ' host TEXT NOT NULL, since TEXT NOT NULL)',
    );
    const { revision, direction, done, fingerprint, progress } = checkpoint;
    const owner = [this.#token, process.pid, hostname(), new Date().toISOString()];
    const values = [revision, direction, done, fingerprint, JSON.stringify(progress), ...owner];
    await session.query(`INSERT INTO ${this.#name} VALUES (${this.#literals(values)})`);
  }

  /** Makes a revision one's own that somebody else has left half done. */
  async takeOver(session: Session): Promise<void> {
    const values = [this.#token, process.pid, hostname(), new Date().toISOString()].map((each) =>
      this.#dialect.quoteLiteral(each),
    );
    await session.query(
      `UPDATE ${this.#name} SET token = ${values[0]}, pid = ${values[1]}, host = ${values[2]}, since = ${values[3]}`,
    );
  }

  /**
   * Notes how far the revision is, in the transaction that has got it there.
   *
   * @throws DatabaseStateError `REVISION_UNFINISHED` when somebody else has taken it over.
   */
  async save(session: Session, { done, fingerprint, progress }: Checkpoint): Promise<void> {
    if (!(await this.#exists(session))) throw takenOver();
    const { affected } = await session.query(
      `UPDATE ${this.#name} SET done = ${done}, fingerprint = ${this.#dialect.quoteLiteral(fingerprint)},` +
        ` progress = ${this.#dialect.quoteLiteral(JSON.stringify(progress))}` +
        ` WHERE token = ${this.#dialect.quoteLiteral(this.#token)}`,
    );
    if (affected !== 1) throw takenOver();
  }

  async drop(session: Session): Promise<void> {
    await session.query(`DROP TABLE IF EXISTS ${this.#name}`);
  }

  #literals(values: readonly unknown[]): string {
    return values.map((each) => this.#dialect.quoteLiteral(each)).join(', ');
  }
}

function takenOver(): DatabaseStateError {
  return new DatabaseStateError(
    'REVISION_UNFINISHED',
    'Another migrator has taken over the revision that this one was working on.',
    { hint: 'Run the command again: it waits for the other one.' },
  );
}

const existenceQueries = {
  sqlite: `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '${CHECKPOINT_TABLE}'`,
  postgresql: `SELECT 1 WHERE to_regclass('${CHECKPOINT_TABLE}') IS NOT NULL`,
} as const;
