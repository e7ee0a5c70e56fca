/** Words that mean a place in the history, so that no revision or branch can be called by them. */
export const symbolicNames = ['head', 'heads', 'base', 'current'] as const;

export type SymbolicName = (typeof symbolicNames)[number];

/** The width of the version table's column. */
const maximumRevisionIdLength = 32;

export function isSymbolicName(name: string): name is SymbolicName {
  return (symbolicNames as readonly string[]).includes(name);
}

/**
 * Why a script's identifier cannot work at all, or null. Alembic's histories hold identifiers of many forms,
 * so only what the target syntax or the version table cannot carry is refused; new ones are held to
 * {@link newRevisionIdFault}.
 */
export function revisionIdFault(id: string): string | null {
  if (id === '') return 'it is empty';
  if (id.length > maximumRevisionIdLength) {
    return `it has ${id.length} characters and the version table holds ${maximumRevisionIdLength}`;
  }
  return nameFault(id);
}

/** Why a branch label cannot work, or null. */
export function branchLabelFault(label: string): string | null {
  if (label === '') return 'it is empty';
  return nameFault(label);
}

/** Why a chosen identifier of a new revision is refused by its form, or null. */
export function newRevisionIdFault(id: string): string | null {
  const fault = revisionIdFault(id);
  if (fault !== null) return fault;
  if (!/^[A-Za-z0-9_-]+$/.test(id)) return 'only letters, digits, "_" and "-" are allowed';
  if (id.startsWith('-')) return 'it begins with "-", which reads as a relative target or an option';
  return null;
}

/** Why a chosen label of a new revision is refused by its form, or null. */
export function newBranchLabelFault(label: string): string | null {
  const fault = branchLabelFault(label);
  if (fault !== null) return fault;
  if (!/^[\p{L}\p{N}_.-]+$/u.test(label)) return 'only letters, digits, "_", "-" and "." are allowed';
  if (label.startsWith('-')) return 'it begins with "-", which reads as a relative target or an option';
  return null;
}

function nameFault(name: string): string | null {
  if (isSymbolicName(name)) return 'it is a reserved word';
  const illegal = [...new Set(name.match(/[@+:\s]/g) ?? [])];
  if (illegal.length === 0) return null;
  return `it contains ${illegal.map((character) => JSON.stringify(character)).join(', ')}`;
}
