const form = /^(?:(\d{4}-\d\d-\d\d)(?:[ T]|$))?(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * A date or time in the one spelling that an author's and the database's are brought into: seconds written out, no
 * zeros at the end of the fraction. A moment with a time zone is in UTC, and taken for it where it says no zone, since
 * PostgreSQL reads and reports it in the zone of the session; what has no time zone ignores one, as PostgreSQL does.
 *
 * @returns the text itself where it is none of the usual spellings, such as `now`.
 */
export function canonicalMoment(text: string, kind: 'dateTime' | 'date' | 'time', timezone = false): string {
  const [matched, date, time, zone] = form.exec(text.trim()) ?? [];
  if (!matched) return text;
  if (kind === 'date') return date ?? text;
  if (kind === 'time') return time === undefined ? text : clock(time);
  if (date === undefined) return text;
  const local = `${date} ${clock(time ?? '00:00')}`;
  return timezone ? inUtc(local, zone ?? 'Z') : local;
}

function clock(time: string): string {
  const [hours, minutes, seconds = '00'] = time.split(':');
  return `${hours}:${minutes}:${seconds.includes('.') ? seconds.replace(/\.?0+$/, '') : seconds}`;
}

function inUtc(local: string, zone: string): string {
  const [whole, fraction] = local.split('.');
  const [, sign = '+', hours = '00', minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const moment = new Date(`${whole?.replace(' ', 'T')}${sign}${hours}:${minutes}`);
  if (Number.isNaN(moment.getTime())) return local + zone;
  const text = moment.toISOString().replace('T', ' ').slice(0, 19);
  return `${text}${fraction === undefined ? '' : `.${fraction}`}+00`;
}
