const MASK = '***';

/** The password of a URL somewhere in a text: between the user's name and the host. The word itself is an example's. */
const urlPassword = /([a-z][a-z0-9+.-]*:\/\/[^\s:@/'"]*):(?!password@)[^\s'"]*@/gi;

/**
 * Takes secrets out of whatever is about to be printed.
 *
 * @param value a text, or plain data that holds texts.
 * @param secrets the texts that must not appear; very short ones only count inside a URL, since they would blot out
 *   letters everywhere.
 */
export function scrub(value: unknown, secrets: Iterable<string>): unknown {
  // The longest first, so that a secret that holds another one goes whole.
  const longestFirst = [...secrets].filter((secret) => secret.length > 2).sort((a, b) => b.length - a.length);
  return scrubValue(value, longestFirst);
}

function scrubValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    const masked = value.replace(urlPassword, `$1:${MASK}@`);
    return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), masked);
  }
  if (Array.isArray(value)) return value.map((each) => scrubValue(each, secrets));
  if (value instanceof Error) return scrubValue(value.message, secrets);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, each]) => [key, scrubValue(each, secrets)]);
    return Object.fromEntries(entries);
  }
  return value;
}
