/** Alembic's limit for the part of a file's name that comes from the message. */
const SLUG_LENGTH = 40;

/**
 * The words of a message, for the name of a file: lower case, without accents, cut behind a word. Source: Alembic's
 * `ScriptDirectory._rev_path`, kept to letters every file system has.
 */
export function slugOf(message: string): string {
  const plain = message.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const slug = (plain.match(/[a-z0-9_]+/g) ?? []).join('_');
  if (slug.length <= SLUG_LENGTH) return slug;
  const cut = slug.slice(0, SLUG_LENGTH + 1);
  const end = cut.lastIndexOf('_');
  return (end > 0 ? cut.slice(0, end) : cut.slice(0, SLUG_LENGTH)).replace(/_+$/, '');
}

/** `<revision>_<slug>.ts`. */
export function scriptFileName(revision: string, message: string): string {
  const slug = slugOf(message);
  return slug === '' ? `${revision}.ts` : `${revision}_${slug}.ts`;
}
