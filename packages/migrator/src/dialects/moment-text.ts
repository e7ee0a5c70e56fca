/** The usual form, of which it is known what it means; the hours of a day may be written with one digit. */
const iso =
  /^(?<year>\d{4,7})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[ T]+(?<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:\s*(?:Z|UTC|[+-]\d{1,2}(?::?\d{2})?))?)?(?: BC| AD)?$/;
const clock =
  /^T?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?(?:\s*(?:Z|UTC|[+-]\d{1,2}(?::?\d{2})?))?$/;

/** `20200131`, `2020.01.31`, `1-8-1999`, the 8th day of a year and a Julian day, as PostgreSQL takes them beside the usual form. */
const otherDay = /^(?:\d{8}(?!\d)|\d{6}$|\d+\.\d+\.\d+|\d{1,2}-\d+-\d+|\d{4}[-.]\d{3}$|J\d+)/i;
const bareClock = /^T?\d{4}(?:\d{2})?$/;

const words = {
  dateTime: /^(?:now(?:\(\))?|today|tomorrow|yesterday|epoch|[+-]?infinity)$/i,
  date: /^(?:now(?:\(\))?|today|tomorrow|yesterday|epoch|[+-]?infinity)$/i,
  time: /^(?:now(?:\(\))?|allballs)$/i,
};

/**
 * Whether a text is a moment, a day or a time of it, or may be one: PostgreSQL takes many forms beside the usual one, such as
 * `January 8, 1999`. A moment within a day is neither a day nor a time, since something of it would be cut.
 */
export function isMomentText(text: string, kind: 'dateTime' | 'date' | 'time'): boolean {
  const trimmed = text.trim();
  if (iso.test(trimmed)) return isIso(trimmed, kind);
  if (words[kind].test(trimmed)) return true;
  // What has a day and letters or slashes is left to PostgreSQL.
  if (/\d/.test(trimmed) && /[a-z]{2}|\//i.test(trimmed.replace('UTC', ''))) return true;
  return kind === 'time' ? isTime(trimmed) || bareClock.test(trimmed) : otherDay.test(trimmed);
}

function isIso(text: string, kind: 'dateTime' | 'date' | 'time'): boolean {
  const { year, month, day, clock: time = '00:00' } = iso.exec(text)?.groups ?? {};
  if (kind === 'time' || !isOnCalendar(Number(year), Number(month), Number(day)) || !isTime(time))
    return false;
  return kind === 'dateTime' || /^0+(?::0+)*(?:\.0+)?$/.test(time);
}

function isOnCalendar(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return last !== undefined && day >= 1 && day <= last;
}

/** PostgreSQL takes the end of a day, 24:00, and the 60th second, which is the next minute. */
function isTime(text: string): boolean {
  const { hour, minute, second = '0' } = clock.exec(text)?.groups ?? {};
  if (hour === undefined) return false;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours === 24) return minutes === 0 && seconds === 0;
  return hours < 24 && minutes < 60 && seconds <= 60;
}
