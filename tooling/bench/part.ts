import type { Effort, MeasuredCase } from './interleaved.ts';
import type { PythonVersions } from './programs.ts';

/** What a part of the benchmark works with. */
export interface Bench {
  /** A folder of the part's own, removed after it. */
  readonly scratch: string;
  readonly effort: Effort;
  readonly python: PythonVersions;
  /** A new, empty database on a PostgreSQL server that is started when it is first asked for. */
  newDatabase(): Promise<string>;
  progress(line: string): void;
}

export interface PartResult {
  /** What is true of all its lines, as sentences. */
  readonly notes: readonly string[];
  readonly cases: readonly MeasuredCase[];
  /** False where the columns are no programs that do the same work. */
  readonly comparable?: false;
}

/** A part that can be run by itself. */
export interface Part {
  /** As `--only` takes it. */
  readonly name: string;
  readonly title: string;
  run(bench: Bench): Promise<PartResult>;
}
