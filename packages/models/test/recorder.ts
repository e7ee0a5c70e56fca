import type { CounterName, Environment, Topic } from '../src/environment.ts';

type Payload = Readonly<Record<string, unknown>>;

export const frozen = new Date('2017-08-21T13:42:20Z');

/** An environment that records what the models tell it: the outside world of a test. */
export class Recorder {
  messages: { topic: Topic; payload: Payload }[] = [];
  log: string[] = [];
  now: Date = frozen;
  /** What to do instead of recording a message. */
  onPublish: ((topic: Topic, payload: Payload) => void | Promise<void>) | undefined;
  composeStates: Record<number, string | null> = {};
  #counts = new Map<CounterName, number>();

  readonly environment: Environment = {
    publish: async (topic, payload) => {
      await this.onPublish?.(topic, payload);
      this.messages.push({ topic, payload });
    },
    count: (counter) => {
      this.#counts.set(counter, (this.#counts.get(counter) ?? 0) + 1);
    },
    urlFor: (kind, id) => `http://localhost:5001/api/1/${kind}s/${id}`,
    now: () => this.now,
    logger: {
      info: (message) => void this.log.push(`info: ${message}`),
      warn: (message) => void this.log.push(`warn: ${message}`),
      error: (message) => void this.log.push(`error: ${message}`),
    },
    composeState: async (id) => this.composeStates[id] ?? null,
  };

  reset(): void {
    this.messages = [];
    this.log = [];
    this.now = frozen;
    this.onPublish = undefined;
    this.composeStates = {};
    this.#counts = new Map();
  }

  topics(): Topic[] {
    return this.messages.map(({ topic }) => topic);
  }

  /** The counters of Freshmaker itself that have risen. */
  counts(prefix = 'freshmaker_'): Record<string, number> {
    return Object.fromEntries([...this.#counts].filter(([name]) => name.startsWith(prefix)));
  }
}
