import { OperationError } from '../errors.ts';

/** What is wrong with a value: where in it (`columns[0]`), what is there, and what must be. */
interface Misfit {
  readonly path: string;
  readonly value: unknown;
  readonly expected: string;
}

/** Says what is wrong with a value, null where nothing is. */
export type Shape = (value: unknown, path: string) => Misfit | null;

/** @param expected as in `"comment" is 5 and must be a text`. */
function shape(expected: string, fits: (value: unknown) => boolean): Shape {
  return (value, path) => (fits(value) ? null : { path, value, expected });
}

export const text: Shape = shape('a text', (value) => typeof value === 'string');
export const name: Shape = shape(
  'a name',
  (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
);
export const flag: Shape = shape('true or false', (value) => typeof value === 'boolean');
export const aFunction: Shape = shape('a function', (value) => typeof value === 'function');
export const list: Shape = shape('a list', Array.isArray);

export function wholeFrom(low: number): Shape {
  return shape(
    `a whole number from ${low}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= low,
  );
}

export function oneOf(...values: readonly unknown[]): Shape {
  const names = values.map(spelled).join(', ');
  return shape(`one of ${names}`, (value) => values.includes(value));
}

/** Also nothing at all. */
export function optional(inner: Shape): Shape {
  return (value, path) => (value === undefined ? null : inner(value, path));
}

export function nullable(inner: Shape): Shape {
  return (value, path) => (value === null ? null : inner(value, path));
}

/** The first of the shapes whose test the value passes decides. */
export function either(
  expected: string,
  ...choices: readonly (readonly [test: Shape, then: Shape])[]
): Shape {
  return (value, path) => {
    const choice = choices.find(([test]) => test(value, path) === null);
    return choice ? choice[1](value, path) : { path, value, expected };
  };
}

export function listOf(inner: Shape, low = 0): Shape {
  const expected = low === 0 ? 'a list' : 'a list that is not empty';
  return (value, path) => {
    if (!Array.isArray(value) || value.length < low) return { path, value, expected };
    // A list with holes has nothing there, which must be said, too. There may be a hundred thousand rows.
    for (let at = 0; at < value.length; at += 1) {
      const misfit = inner(value[at], `${path}[${at}]`);
      if (misfit) return misfit;
    }
    return null;
  };
}

export type Shapes = Readonly<Record<string, Shape>>;

/** An object with these properties; it may have others. */
export function objectWith(shapes: Shapes, expected = 'an object'): Shape {
  const entries = Object.entries(shapes);
  return (value, path) => {
    if (!isObject(value)) return { path, value, expected };
    for (const [key, inner] of entries) {
      const misfit = inner(value[key], `${path}.${key}`);
      if (misfit) return misfit;
    }
    return null;
  };
}

/** An object with no other properties than these, each of which may be left out: a misspelt one would have no effect. */
export function options(shapes: Shapes): Shape {
  const known = Object.keys(shapes);
  const fits = objectWith(
    Object.fromEntries(Object.entries(shapes).map(([key, inner]) => [key, optional(inner)])),
  );
  return (value, path) => {
    if (!isPlain(value)) return { path, value, expected: 'a plain object' };
    const misfit = fits(value, path);
    if (misfit) return misfit;
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown === undefined) return null;
    return {
      path: `${path}.${unknown}`,
      value: value[unknown],
      expected: `no option: they are ${known.join(', ')}`,
    };
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is an object as it is written down, and not a date or anything else with a class. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Checks what a script gives to a function, which nobody else does where it is no TypeScript.
 *
 * @param operation what the function is called.
 * @param shapes of its parameters, by their names.
 * @param given its arguments, by the same names.
 * @throws OperationError `OPERATION_INVALID` naming function and argument.
 */
export function requireArguments<Given extends Readonly<Record<string, unknown>>>(
  operation: string,
  shapes: { readonly [Key in keyof Given]: Shape },
  given: Given,
): void {
  for (const key in shapes) {
    const misfit = shapes[key](given[key], key);
    if (misfit) throw misfitting(operation, key, misfit);
  }
}

function misfitting(operation: string, argument: string, { path, value, expected }: Misfit): OperationError {
  return new OperationError(
    'OPERATION_INVALID',
    `${operation}: "${path}" is ${spelled(value)} and must be ${expected}.`,
    {
      hint: `Correct the call of ${operation} in the revision script.`,
      facts: { operation, argument, path },
    },
  );
}

/** A value in few words. */
function spelled(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
