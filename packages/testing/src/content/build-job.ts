import type { SchemaRecipe } from './recipe.ts';

/** What a process that builds a schema is told, as JSON in its first argument. */
export interface BuildJob {
  readonly recipe: SchemaRecipe;
  readonly target:
    | { readonly engine: 'sqlite'; readonly path: string }
    | { readonly engine: 'pglite'; readonly path: string }
    | { readonly engine: 'postgresql'; readonly url: string };
}
