/** A length of time; what is left out is 0. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** The instant at which every test begins unless it says otherwise: the one in Freshmaker's own tests. */
export const defaultStart = new Date('2017-08-21T13:42:20Z');

/** The time of the models in a test. It stands still until it is moved. */
export class Clock {
  #start: number;
  #now: number;

  /** @param start where it stands at the beginning of each test. */
  constructor(start: Date = defaultStart) {
    this.#start = valid(start.getTime());
    this.#now = this.#start;
  }

  /** Moves the start, and goes there. */
  begin(start: Date): void {
    this.#start = valid(start.getTime());
    this.reset();
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** @throws RangeError for what is no instant. */
  set(instant: Date | string): void {
    this.#now = valid(new Date(instant).getTime());
  }

  /** @param by milliseconds, or a duration; negative to go back. */
  advance(by: number | Duration): void {
    this.#now = valid(this.#now + (typeof by === 'number' ? by : milliseconds(by)));
  }

  reset(): void {
    this.#now = this.#start;
  }
}

function milliseconds(duration: Duration): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds: rest = 0 } = duration;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + rest;
}

function valid(time: number): number {
  if (Number.isNaN(new Date(time).getTime())) throw new RangeError('The clock needs a valid instant.');
  return time;
}
