import type { EnumObject } from './enum-value.ts';

/** The members of an enumeration as the API lists them, in the order of their numbers. */
export function enumList(members: EnumObject): { name: string; id: number }[] {
  return Object.entries(members)
    .map(([name, id]) => ({ name, id }))
    .sort((a, b) => a.id - b.id);
}
