import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keptModels, modelsModule } from './kept-models.ts';
import { loadModels } from './load-models.ts';

test('what is kept of the models is what they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-models-'));
  try {
    const { tables, ...models } = await loadModels(null);
    expect(models.schema.tables.length).toBeGreaterThan(5);
    const file = join(folder, 'models.mjs');
    const patterns = { exclude: [...(tables?.exclude ?? []), 'a "name"*', /^with\/slash$/iu] };
    writeFileSync(file, modelsModule({ ...models, tables: patterns }));
    const { default: kept } = await import(pathToFileURL(file).href);
    expect(kept).toEqual({ ...models, tables: patterns });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the sources keep nothing: entities say what they say now', async () => {
  expect(await keptModels()).toBeNull();
});
