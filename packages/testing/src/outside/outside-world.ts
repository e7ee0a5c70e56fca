import { Clock, defaultStart } from './clock.ts';
import { Metrics } from './metrics.ts';

/** What models get from outside, in the shape of `@freshmaker/models`' environment. */
export interface Environment {
  publish(topic: string, payload: Readonly<Record<string, unknown>>): void | Promise<void>;
  count(counter: string): void;
  urlFor(kind: string, id: number): string;
  now(): Date;
  readonly logger: Logger;
  composeState(odcsComposeId: number): Promise<string | null>;
}

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface Message {
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface LogEntry {
  readonly level: keyof Logger;
  readonly message: string;
}

/** The world around the models in a test: a clock that is moved by hand, and a memory of all that they tell. */
export class OutsideWorld {
  readonly clock = new Clock();
  readonly metrics = new Metrics();
  messages: Message[] = [];
  log: LogEntry[] = [];
  #replaced: Partial<Environment> = {};
  #always: Partial<Environment> = {};

  /**
   * Begins a suite.
   *
   * @param start where the clock begins in each test.
   * @param always replaces parts for every test; `replace` does so for the rest of one.
   */
  begin(start: Date = defaultStart, always: Partial<Environment> = {}): void {
    this.clock.begin(start);
    this.#always = always;
    this.reset();
  }

  /** Handed to the models. A publisher that throws is not recorded: its message did not leave. */
  readonly environment: Environment = {
    publish: async (topic, payload) => {
      await this.#replacement('publish')?.(topic, payload);
      this.messages.push({ topic, payload });
    },
    count: (counter) => {
      this.metrics.count(counter);
      this.#replacement('count')?.(counter);
    },
    urlFor: (kind, id) =>
      this.#replacement('urlFor')?.(kind, id) ?? `http://localhost:5001/api/1/${kind}s/${id}`,
    now: () => this.#replacement('now')?.() ?? this.clock.now(),
    logger: {
      info: (message) => this.#write('info', message),
      warn: (message) => this.#write('warn', message),
      error: (message) => this.#write('error', message),
    },
    composeState: async (id) => (await this.#replacement('composeState')?.(id)) ?? null,
  };

  /** Replaces parts of the environment until the test ends; messages, counters and log are recorded all the same. */
  replace(parts: Partial<Environment>): void {
    this.#replaced = { ...this.#replaced, ...parts };
  }

  /** As at the beginning of a test. */
  reset(): void {
    this.clock.reset();
    this.#replaced = {};
    this.metrics.reset();
    this.messages = [];
    this.log = [];
  }

  #write(level: keyof Logger, message: string): void {
    this.log.push({ level, message });
    this.#replacement('logger')?.[level](message);
  }

  #replacement<Part extends keyof Environment>(part: Part): Environment[Part] | undefined {
    return this.#replaced[part] ?? this.#always[part];
  }
}
