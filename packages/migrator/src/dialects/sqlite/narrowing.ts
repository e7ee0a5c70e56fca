import type { DataType } from '../../schema/data-type.ts';

/**
 * The value that PostgreSQL makes of one where the type it gets holds less, for an author who allows that: a number is
 * rounded, a moment loses its time or its day, a text the spaces at its end. What cannot be made to fit in such a way, and
 * what is nothing of the old type, stays as it is, and is found not to fit.
 *
 * @param value SQL of the value as it is.
 * @returns null where the new type holds all that the old one does, or is nothing like it.
 */
export function narrowed(value: string, from: DataType, to: DataType): string | null {
  const x = `(${value})`;
  if (isFractional(from) && isWhole(to)) return whenReal(x, toWhole(x, from.kind !== 'numeric'));
  if (isFractional(from) && to.kind === 'numeric' && to.precision !== null) {
    return whenReal(x, toScale(x, to.scale ?? 0));
  }
  if ((isWhole(from) || from.kind === 'numeric') && (to.kind === 'float' || to.kind === 'double')) {
    return `CASE WHEN typeof${x} = 'integer' THEN CAST(${x} AS REAL) ELSE ${x} END`;
  }
  if (from.kind === 'dateTime' && to.kind === 'date') return whenMoment(x, `date${x}`);
  if (from.kind === 'dateTime' && to.kind === 'time') return whenMoment(x, timeOf(x));
  if ((from.kind === 'text' || from.kind === 'string') && to.kind === 'string' && to.length !== null) {
    const fits = `typeof${x} = 'text' AND length(rtrim(${x}, ' ')) <= ${to.length}`;
    return `CASE WHEN ${fits} THEN substr(${x}, 1, ${to.length}) ELSE ${x} END`;
  }
  return null;
}

function isFractional({ kind }: DataType): boolean {
  return kind === 'numeric' || kind === 'float' || kind === 'double';
}

function isWhole({ kind }: DataType): boolean {
  return kind === 'integer' || kind === 'smallInteger' || kind === 'bigInteger';
}

/** No number that is too big is cast, which would make the biggest there is of it. */
function whenReal(x: string, result: string): string {
  return `CASE WHEN typeof${x} = 'real' AND abs${x} < 9e18 THEN ${result} ELSE ${x} END`;
}

/** A half goes away from zero, that of a floating-point number to the even neighbour. */
function toWhole(x: string, isFloat: boolean): string {
  const whole = `CAST(${x} AS INTEGER)`;
  const rest = `abs(${x} - ${whole})`;
  const up = isFloat ? `${rest} > 0.5 OR ${rest} = 0.5 AND ${whole} % 2 <> 0` : `${rest} >= 0.5`;
  return `${whole} + CASE WHEN ${up} THEN CASE WHEN ${x} < 0 THEN -1 ELSE 1 END ELSE 0 END`;
}

/**
 * A half of the last digit goes away from zero, as the number is written: 2.675 is 2.68, though what is stored for it is a
 * little less, which the factor makes up for. A number that has no digit to lose is left alone: the factor could add one.
 */
function toScale(x: string, scale: number): string {
  const rounded = `round(${x}, ${scale})`;
  return `CASE WHEN ${rounded} = ${x} THEN ${x} ELSE round(${x} * 1.0000000000000002, ${scale}) END`;
}

/** Numbers are moments, too, but of which kind nobody knows. */
function whenMoment(x: string, result: string): string {
  return `CASE WHEN typeof${x} = 'text' AND julianday${x} IS NOT NULL THEN ${result} ELSE ${x} END`;
}

/** With all the digits there are, unless the moment has an offset from UTC. */
function timeOf(x: string): string {
  const rest = `substr(${x}, 12)`;
  return `CASE WHEN ${x} GLOB '????-??-??[ T]??:??*' AND NOT ${rest} GLOB '*[-+Zz]*' THEN ${rest} ELSE strftime('%H:%M:%f', ${x}) END`;
}
