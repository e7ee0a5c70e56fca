import {
  describeStep,
  type EventListener,
  type MigrationEvent,
  type RevisionStep,
} from '@freshmaker/migrator/engine';
import type { Output } from './output.ts';
import { remainingTime } from './remaining-time.ts';
import type { Spinner } from './spinner.ts';

/** How often the progress of one step is told where it cannot be drawn over, in milliseconds. */
const TELL_EVERY_MS = 10_000;

type Progress = Extract<MigrationEvent, { type: 'progress' }>;

/** Tells the person watching what goes on, on standard error: drawn in place on a terminal, else a line now and then. */
export class ProgressReporter {
  readonly #output: Output;
  readonly #spinner: Spinner | null;
  #pending: RevisionStep | null = null;
  #told: RevisionStep['revision'] | undefined;
  #work = '';
  #since = 0;
  #lastTold = 0;

  constructor(output: Output, spinner: Spinner | null) {
    this.#output = output;
    this.#spinner = spinner;
  }

  /** Whether a step was to run and never began: somebody else is at work, and this run leaves it to them. */
  get isLeftToOthers(): boolean {
    return this.#pending !== null;
  }

  readonly listener: EventListener = (event) => {
    if (event.type !== 'waiting' && event.type !== 'warning') this.#begin();
    switch (event.type) {
      case 'stepStarted':
        // It is told when something of it runs: before, it may have to wait for another migrator.
        this.#pending = event.step;
        break;
      case 'stepFinished':
        this.end();
        break;
      case 'progress':
        this.#tell(event);
        break;
      case 'statement':
        if (this.#output.verbose) this.#line(`  ${event.sql}`);
        break;
      case 'waiting':
      case 'log':
        this.#line(event.message);
        break;
      case 'warning':
        this.#spinner?.pause();
        this.#output.warn(event.message);
        this.#spinner?.resume();
        break;
    }
  };

  /** Leaves the terminal as it was. */
  end(): void {
    this.#spinner?.stop();
  }

  #begin(): void {
    const step = this.#pending;
    if (step === null) return;
    this.#pending = null;
    // A step may start again, when somebody else has moved the database meanwhile.
    if (step.revision !== this.#told) this.#output.note(describeStep(step));
    this.#told = step.revision;
    this.#work = '';
    this.#lastTold = performance.now();
  }

  #line(text: string): void {
    this.#spinner?.pause();
    this.#output.note(text);
    this.#spinner?.resume();
  }

  #tell(progress: Progress): void {
    const now = performance.now();
    if (progress.message !== this.#work) {
      this.#work = progress.message;
      this.#since = now;
    }
    const text = describeProgress(progress, now - this.#since);
    if (this.#spinner) this.#spinner.show(text);
    else if (now - this.#lastTold >= TELL_EVERY_MS) {
      this.#lastTold = now;
      this.#output.note(`  ${text}`);
    }
  }
}

/** `Rows of "events": 12,000 of 100,000, 8 s left`. */
export function describeProgress({ message, done, total }: Progress, elapsedMs: number): string {
  if (done === undefined) return message;
  if (total === undefined) return `${message}: ${done.toLocaleString('en')}`;
  const left = remainingTime(done, total, elapsedMs);
  return `${message}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}${left === null ? '' : `, ${left} left`}`;
}
