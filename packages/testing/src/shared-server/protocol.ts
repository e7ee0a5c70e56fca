/** The first line the host of the shared server sends to a process that connects. */
export interface Greeting {
  /** URL of the server's database `postgres`, as superuser. */
  readonly url: string;
  readonly version: string;
  /** The host's process id. */
  readonly host: number;
}

/** A line a process sends to the host: which process runs its tests, or that the server must outlive them. */
export type Notice = { readonly runner: number } | { readonly keep: true };
