/**
 * A stored value that is no date. It behaves as an invalid `Date`, and is written back as it was, so a damaged row
 * can be loaded, shown and changed elsewhere without losing what it holds.
 */
export class UnreadableDate extends Date {
  readonly stored: unknown;

  constructor(stored: unknown) {
    super(Number.NaN);
    this.stored = stored;
  }
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?)?$/;

/**
 * Reads `YYYY-MM-DD[ HH:MM:SS[.fraction]]` as UTC; digits below the millisecond are cut off, not rounded.
 *
 * @returns the date, or an `UnreadableDate` for anything else.
 */
export function parseUtcDateTime(stored: unknown): Date {
  const match = typeof stored === 'string' ? pattern.exec(stored) : null;
  if (match === null) {
    return new UnreadableDate(stored);
  }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  const exists =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    minute < 60 &&
    second < 60;
  return exists ? date : new UnreadableDate(stored);
}

/**
 * Writes a date as SQLAlchemy does: `YYYY-MM-DD HH:MM:SS.ffffff` in UTC.
 *
 * @throws RangeError for an invalid date and for years outside 1 to 9999, which neither service could read back.
 */
export function formatUtcDateTime(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) {
    throw new RangeError(
      `A date between the years 1 and 9999 is needed, not ${Number.isNaN(year) ? 'an invalid one' : date.toISOString()}.`,
    );
  }
  return `${date.toISOString().slice(0, 23).replace('T', ' ')}000`;
}
