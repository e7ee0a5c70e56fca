import { InvalidValueError } from '../errors.ts';

/** An enumeration of this package: upper-case names and the numbers that are stored. */
export type EnumObject = Readonly<Record<string, number>>;

/** What stands for a member: its number, or its name in any case. */
export type EnumInput<E extends EnumObject> = number | (keyof E & string) | Lowercase<keyof E & string>;

/**
 * The number of a member.
 *
 * @param attribute - what is being set, for the error.
 * @throws InvalidValueError for everything that is neither a member's number nor its name (`"2"` and `true` included).
 */
export function enumValue<E extends EnumObject>(members: E, attribute: string, input: unknown): E[keyof E] {
  const found = Object.entries(members).find(([name, value]) =>
    typeof input === 'string' ? isName(input) && name === input.toUpperCase() : value === input,
  );
  if (found === undefined) {
    throw new InvalidValueError(
      attribute,
      input,
      Object.entries(members).map(([name, value]) => `${name} (${value})`),
    );
  }
  return found[1] as E[keyof E];
}

/** The name of a stored number, or null where the number is none of the enumeration's. */
export function enumName(members: EnumObject, value: number | null | undefined): string | null {
  return Object.entries(members).find(([, member]) => member === value)?.[0] ?? null;
}

/** Upper-casing maps some other letters, as in Turkish, to those of a name. */
function isName(text: string): boolean {
  return /^[A-Za-z_]+$/.test(text);
}
