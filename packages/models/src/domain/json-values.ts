import type { Logger } from '../environment.ts';

/** Any value that JSON text can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** `YYYY-MM-DDTHH:MM:SSZ`, the fraction cut off; null for null and for what is no date in the database. */
export function isoSeconds(date: Date | null | undefined): string | null {
  if (date === null || date === undefined || Number.isNaN(date.getTime())) {
    return null;
  }
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The value of a column of JSON text: `{}` for none, and, with a warning, for broken text. */
export function parseJsonText(text: string | null | undefined, what: string, logger: Logger): JsonValue {
  if (text === null || text === undefined || text === '') {
    return {};
  }
  try {
    return JSON.parse(text);
  } catch {
    logger.warn(`${what} is not valid JSON; it is shown as {}.`);
    return {};
  }
}

/** JSON text with the keys of every object sorted, at every depth. */
export function sortedJsonText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The words of a text, separated by any run of white space. */
export function words(text: string | null | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}
