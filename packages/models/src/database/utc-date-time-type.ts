import { type Platform, Type } from '@mikro-orm/core';
import { formatUtcDateTime, parseUtcDateTime, UnreadableDate } from './utc-date-time.ts';

/**
 * A point in time in a column without a time zone, always UTC, in the text form SQLAlchemy writes:
 * `YYYY-MM-DD HH:MM:SS.ffffff`, as text on SQLite and as a literal of `timestamp` on PostgreSQL.
 *
 * JavaScript's dates hold milliseconds: microseconds of a loaded row are cut off in the entity and stay in the database
 * until this very column is assigned. A row whose text has another shape (no fraction, broken) is never rewritten by itself.
 */
export class UtcDateTimeType extends Type<Date, string | null> {
  override convertToDatabaseValue(
    value: Date,
    _platform?: Platform,
    context?: { mode?: string; key?: string },
  ): string | null {
    const given: unknown = value;
    if (given === null || given === undefined) {
      return null;
    }
    const date = given instanceof Date ? given : parseUtcDateTime(given);
    if (date instanceof UnreadableDate) {
      return date.stored as string;
    }
    const text = formatUtcDateTime(date);
    return context?.mode === 'query' && boundsFromBelow.has(context.key ?? '')
      ? text.replace(/\.000000$/, '')
      : text;
  }

  override convertToJSValue(value: unknown): Date {
    // MikroORM asks only for values that are there, and gives dates of its own cursors back as they are.
    return value instanceof Date ? value : parseUtcDateTime(value);
  }

  override compareAsType(): string {
    return 'string';
  }

  override get runtimeType(): string {
    return 'Date';
  }

  override getColumnType(_prop: unknown, platform: Platform): string {
    return platform.getDateTimeTypeDeclarationSQL({}).replace(/^timestamptz.*/, 'timestamp');
  }
}

/**
 * On SQLite text is compared, and a row may lack the fraction: of `10:00:00` and `10:00:00.000000`, the same instant, the
 * shorter is less. A bound that includes its instant from below, or excludes it from above, is right for both spellings
 * without the fraction; the two other operators are right with it.
 */
const boundsFromBelow: ReadonlySet<string> = new Set(['$gte', '$lt']);
