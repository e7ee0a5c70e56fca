/** A database on a server, with the comment on it. */
export interface NamedDatabase {
  readonly name: string;
  readonly comment: string | null;
}

const day = 24 * 60 * 60 * 1000;
/** Copies that a killed run has left behind are dropped by a later one after so long, in milliseconds. */
const copyLifetime = day;
/** Templates of a history that nobody tests any more. */
const templateLifetime = 7 * day;

const copy = /^freshmaker_test_(\d+)_/;
const template = /^freshmaker_template_/;
const used = /^last used on (\d{4}-\d{2}-\d{2})$/;

/** The name of a copy says when it was made. */
export function copyName(unique: string): string {
  return `freshmaker_test_${Date.now()}_${unique}`;
}

export function templateName(hash: string): string {
  return `freshmaker_template_${hash}`;
}

/** The comment on a template that is used today. */
export function usedToday(): string {
  return `last used on ${new Date().toISOString().slice(0, 10)}`;
}

/** Whether nobody needs a database any more. A copy with a comment is kept for somebody to look at. */
export function isForgotten({ name, comment }: NamedDatabase, now: number): boolean {
  const made = copy.exec(name)?.[1];
  if (made !== undefined) return comment === null && Number(made) < now - copyLifetime;
  const date = template.test(name) && used.exec(comment ?? '')?.[1];
  return date ? Date.parse(date) < now - templateLifetime : false;
}
