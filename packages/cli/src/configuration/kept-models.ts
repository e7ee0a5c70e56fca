import { existsSync } from 'node:fs';
import type { EntityModels } from '@freshmaker/migrator';

/** The file of a bundle that says what Freshmaker's entities came to when it was made of them. */
export const KEPT_MODELS = 'freshmaker-models.js';

/** Freshmaker's models, known without loading MikroORM and the entities; null where the sources run, and nobody has kept them. */
export async function keptModels(): Promise<EntityModels | null> {
  const [, bundle] = /^(.*\/dist\/).*\.js$/.exec(import.meta.url) ?? [];
  if (bundle === undefined) return null;
  const file = new URL(KEPT_MODELS, bundle);
  return existsSync(file) ? (await import(file.href)).default : null;
}

/** The text of that file. */
export function modelsModule({ schema, tables, leftToAuthors }: EntityModels): string {
  const exclude = (tables?.exclude ?? []).map((each) =>
    typeof each === 'string' ? JSON.stringify(each) : String(each),
  );
  const parts = `schema: ${JSON.stringify(schema)}, leftToAuthors: ${JSON.stringify(leftToAuthors)}`;
  return `export default { ${parts}, tables: { exclude: [${exclude.join(', ')}] } };\n`;
}
