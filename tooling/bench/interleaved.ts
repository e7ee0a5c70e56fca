import { median } from '../../packages/migrator/bench/runtime/report.ts';
import { type Command, runCommand } from './measured-command.ts';

/** One program that does the work of a case. */
export interface Contestant {
  /** As the table's column is called. */
  readonly program: string;
  readonly command: Command;
  /** Not measured: puts things where each run needs them. */
  before?(): Promise<void> | void;
  /** Not measured: says what is wrong with what was done, or null. */
  check?(stdout: string): Promise<string | null> | string | null;
}

/** The same work for several programs. */
export interface Case {
  readonly what: string;
  /** Null where no database is asked. */
  readonly database: string | null;
  readonly contestants: readonly Contestant[];
}

export interface Result {
  readonly program: string;
  readonly medianSeconds: number;
  readonly seconds: readonly number[];
  /** The most of all runs. */
  readonly peakMegabytes: number | null;
  /** True when it did not come to its end: it would have taken longer than the time that stands here. */
  readonly cutOff?: true;
}

export interface MeasuredCase {
  readonly what: string;
  readonly database: string | null;
  readonly results: readonly Result[];
}

export interface Effort {
  /** How often each program is measured. */
  readonly runs: number;
  /** A program that has had this much time is not run again, in seconds. */
  readonly budgetSeconds: number;
  /** How long a run may take at most, in seconds. */
  readonly limitSeconds: number;
}

/** A first run that is shorter than this only warms up: what a program leaves in caches counts for all of them. */
const WARM_UP_SECONDS = 15;

interface Samples {
  readonly seconds: number[];
  peakMegabytes: number | null;
  spent: number;
  cutOff: boolean;
}

/** Runs the programs in turn, so that what else the machine does meets them all alike. */
export async function measureCase(
  { what, database, contestants }: Case,
  effort: Effort,
): Promise<MeasuredCase> {
  const samples = new Map<Contestant, Samples>(
    contestants.map((each) => [each, { seconds: [], peakMegabytes: null, spent: 0, cutOff: false }]),
  );
  for (let round = 0; round <= effort.runs; round++) {
    for (const [contestant, found] of samples) {
      if (isEnough(found, effort)) continue;
      await contestant.before?.();
      const run = await runCommand(contestant.command, effort.limitSeconds);
      const fault = run.ended ? await contestant.check?.(run.stdout) : null;
      if (fault) throw new Error(`${contestant.program}, ${what}: ${fault}`);
      found.spent += run.seconds;
      if (round === 0 && run.seconds < WARM_UP_SECONDS) continue;
      found.seconds.push(run.seconds);
      found.peakMegabytes = Math.max(found.peakMegabytes ?? 0, run.peakMegabytes ?? 0) || null;
      found.cutOff ||= !run.ended;
    }
  }
  return {
    what,
    database,
    results: [...samples].map(([{ program }, { seconds, peakMegabytes, cutOff }]) => ({
      program,
      medianSeconds: median(seconds),
      seconds,
      peakMegabytes,
      ...(cutOff && { cutOff }),
    })),
  };
}

function isEnough({ seconds, spent, cutOff }: Samples, { runs, budgetSeconds }: Effort): boolean {
  return seconds.length >= runs || (seconds.length > 0 && (cutOff || spent >= budgetSeconds));
}
