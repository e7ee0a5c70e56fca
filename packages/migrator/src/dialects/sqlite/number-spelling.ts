import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { affinityOf } from './data-type.ts';
import { quoteIdentifier } from './literal.ts';
import { assertion, inMessage } from './statement.ts';
import type { CopySources } from './table-copy.ts';
import { declaredType } from './table-definition.ts';

/**
 * Texts that SQLite reads as numbers, though they say more than a number does: a leading zero, a sign or spaces too many,
 * digits that no floating-point number holds.
 * Counted before anything is copied: afterwards nobody can tell. Other texts stay texts, and do not fit the column.
 */
export function textsAreJustNumbers(before: Table, after: Table, sources: CopySources): Statement[] {
  return after.columns.flatMap((column) => {
    const source = sources.get(column.name);
    const held = before.columns.find((each) => source?.kind === 'column' && each.name === source.name);
    if (!held || held.generated !== null || !keepsTexts(held)) return [];
    const name = quoteIdentifier(held.name);
    const plain = plainNumber(name, column);
    if (plain === null) return [];
    return [
      assertion(
        `SELECT count(*) = 0, count(*) AS rows, min(quote(${name})) AS example FROM ${quoteIdentifier(before.name)}` +
          ` WHERE typeof(${name}) = 'text' AND NOT (${plain})`,
        `{rows} value(s) of column ${inMessage(held.name)} of ${inMessage(before.name)} do not fit ${declaredType(column).replaceAll(/[{}]/g, '')}, such as {example}.` +
          ' Correct them first, or say with `using` how to convert them.',
      ),
    ];
  });
}

/** Whether a column may hold a text that reads as a number. */
function keepsTexts(column: Column): boolean {
  return ['TEXT', 'BLOB'].includes(affinityOf(declaredType(column)));
}

/**
 * The condition under which a text is how SQLite, or anybody, writes a number, or none at all; null for a column that keeps
 * texts as they are.
 */
function plainNumber(text: string, after: Column): string | null {
  if (wholeNumbers.includes(after.type.kind)) return `CAST(CAST(${text} AS INTEGER) AS TEXT) = ${text}`;
  if (keepsTexts(after)) return null;
  const beginnings = ['[1-9]*', '-[1-9]*', '0', '0[.eE]*', '-0', '-0[.eE]*'];
  const begins = beginnings.map((each) => `${text} GLOB '${each}'`).join(' OR ');
  // Compared to a number, a text that reads as one is one.
  return `CAST(${text} AS NUMERIC) <> ${text} OR ${text} GLOB '*[0-9]' AND (${begins}) AND (${isExact(text)})`;
}

/**
 * The condition under which SQLite has a number as exactly as a text says it: as a whole number, or as a floating-point
 * one that is written the same to as many digits. Of 17 there is one way to write each of them, of more there is none.
 */
function isExact(text: string): string {
  const digits = digitsOf(text);
  const number = `CAST(${text} AS NUMERIC)`;
  const real = `printf('%!.*e', max(length(${digits}), 1) - 1, CAST(${text} AS REAL))`;
  const written = digitsOf(`iif(typeof(${number}) = 'integer', CAST(${number} AS TEXT), ${real})`);
  return `length(${digits}) = 17 OR ${written} = ${digits}`;
}

/** A number's digits, without sign, point, exponent, and zeros at either end. */
function digitsOf(number: string): string {
  const mantissa = `substr(${number}, 1, instr(lower(${number}) || 'e', 'e') - 1)`;
  return `trim(replace(replace(${mantissa}, '.', ''), '-', ''), '0')`;
}

const wholeNumbers: readonly DataType['kind'][] = ['integer', 'smallInteger', 'bigInteger', 'boolean'];
