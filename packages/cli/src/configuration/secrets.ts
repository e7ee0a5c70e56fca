import type { Invocation } from '../invocation.ts';

/** All the texts of an invocation that no output may hold. */
export function secretsOf(argv: readonly string[], { env, secrets }: Invocation): ReadonlySet<string> {
  const urls = [...argv, env.FRESHMAKER_DATABASE_URL ?? '', env.SQLALCHEMY_DATABASE_URI ?? ''];
  const found = new Set([...secrets, ...urls.flatMap(passwordsIn)]);
  if (env.PGPASSWORD) found.add(env.PGPASSWORD);
  return found;
}

/** The passwords of a database URL, as written and decoded; also of one that is malformed. */
export function passwordsIn(url: string): readonly string[] {
  const userinfo = /:\/\/[^:@/]*:(.*)@/s.exec(url)?.[1];
  const parameters = [...url.matchAll(/[?&]password=([^&#]*)/gi)].map((match) => match[1] ?? '');
  return [userinfo ?? '', ...parameters]
    .filter((text) => text !== '')
    .flatMap((text) => [text, decode(text)]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
