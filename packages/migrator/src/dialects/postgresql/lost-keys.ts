import { quoteLiteral } from './literal.ts';

/**
 * The condition under which a JSON document has fewer keys in another spelling of it: JSONB keeps the last of those that
 * are there twice. Outside strings a colon stands behind every key, and nowhere else; spaces and the order of keys do not
 * matter.
 *
 * @param before SQL of the text of a document.
 * @param after SQL of its other text.
 */
export function losesKeys(before: string, after: string): string {
  return `${colons(before)} <> ${colons(after)}`;
}

function colons(text: string): string {
  return `length(regexp_replace(${text}, ${quoteLiteral('"([^"\\\\]|\\\\.)*"|[^:"]')}, '', 'g'))`;
}
