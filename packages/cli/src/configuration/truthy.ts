const TRUTHY: ReadonlySet<string> = new Set(['1', 'on', 'true', 'y', 'yes']);

/** How a switch in the environment reads: 1, on, true, y or yes, in any case, means yes. */
export function isTruthy(text: string | undefined): boolean {
  return TRUTHY.has((text ?? '').trim().toLowerCase());
}
