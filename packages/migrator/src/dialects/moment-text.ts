const day = String.raw`(?<year>\d{4,6})-(?<month>\d{2})-(?<day>\d{2})`;
const clock = String.raw`(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?`;
const zone = String.raw`(?:\s*(?:Z|UTC|[+-]\d{2}(?::?\d{2})?))?`;
const forms = {
  dateTime: new RegExp(`^${day}(?:[ T]${clock}${zone})?(?: BC)?$`),
  date: new RegExp(`^${day}(?:[ T]00:00(?::00(?:\\.0+)?)?${zone})?(?: BC)?$`),
  time: new RegExp(`^${clock}${zone}$`),
};
const words = {
  dateTime: /^(?:now|today|tomorrow|yesterday|epoch|[+-]?infinity)$/i,
  date: /^(?:now|today|tomorrow|yesterday|epoch|[+-]?infinity)$/i,
  time: /^(?:now|allballs)$/i,
};

/**
 * Whether a text is a moment, a day or a time of it. Beside these forms PostgreSQL takes many others, `January 8, 1999`: what
 * has a day and letters or slashes is left to it.
 */
export function isMomentText(text: string, kind: keyof typeof forms): boolean {
  const trimmed = text.trim();
  const parts = forms[kind].exec(trimmed)?.groups;
  if (parts) return isOnCalendar(parts) && isOnClock(parts);
  return words[kind].test(trimmed) || (/\d/.test(trimmed) && /[a-z]{2}|\//i.test(trimmed));
}

type Parts = Readonly<Record<string, string | undefined>>;

function isOnCalendar({ year, month, day }: Parts): boolean {
  if (year === undefined) return true;
  const [ofMonth, ofDay] = [Number(month), Number(day)];
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][ofMonth - 1];
  return last !== undefined && ofDay >= 1 && ofDay <= last;
}

/** PostgreSQL takes the end of a day, 24:00, and the 60th second, which is the next minute. */
function isOnClock({ hour = '0', minute = '0', second = '0' }: Parts): boolean {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours === 24) return minutes === 0 && seconds === 0;
  return hours < 24 && minutes < 60 && seconds <= 60;
}
