/** Topics that the models publish on. */
export type Topic = 'event.state.changed' | 'event.state.changed.min' | 'build.state.changed';

/** Counters that rise in this package, as they are called in Freshmaker's registry of metrics. */
export type CounterName =
  | `freshmaker_event_${'complete' | 'failed' | 'skipped' | 'canceled'}`
  | `freshmaker_artifact_build_${'done' | 'failed' | 'canceled'}`
  | `messaging_tx_${'to_send' | 'sent_ok' | 'failed'}`
  | 'db_engine_connect'
  | 'db_handle_error'
  | 'db_transaction_rollback';

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What the models need from outside, given once when the database is connected. */
export interface Environment {
  /** Sends a message. It is called after the commit, one message at a time, in the order of the transitions. */
  publish(topic: Topic, payload: Readonly<Record<string, unknown>>): void | Promise<void>;
  /** Called once for each rise by one. */
  count(counter: CounterName): void;
  /** The address of an event or a build in the JSON of both. */
  urlFor(kind: 'event' | 'build', id: number): string;
  now(): Date;
  readonly logger: Logger;
  /** The state of a compose as ODCS names it (`done` when finished); null when it is not known. */
  composeState(odcsComposeId: number): Promise<string | null>;
}

const silent = (): void => {};

/**
 * What holds for everything that is not given: messages and counts go nowhere, addresses are paths of the API, the time is
 * the system's, nothing is logged, and no compose is known to be finished.
 */
export const defaultEnvironment: Environment = Object.freeze({
  publish: silent,
  count: silent,
  urlFor: (kind: 'event' | 'build', id: number) => `/api/1/${kind}s/${id}`,
  now: () => new Date(),
  logger: Object.freeze({ info: silent, warn: silent, error: silent }),
  composeState: async () => null,
});

/** Fills what is not given, or given as undefined, with the defaults. */
export function completeEnvironment(given: Partial<Environment>): Environment {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaultEnvironment, ...Object.fromEntries(known) };
}
