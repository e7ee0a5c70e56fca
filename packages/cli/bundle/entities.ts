import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const entities = join(import.meta.dirname, '..', '..', 'models', 'src', 'entities');

/** In a bundle the entities are no files of a folder: what reads it becomes a list of those that are there. */
export const listEntities: Plugin = {
  name: 'list-entities',
  setup({ onLoad }) {
    onLoad({ filter: /\/models\/src\/database\/entity-modules\.ts$/ }, () => {
      const files = globSync('*.ts', { cwd: entities, exclude: ['*.test.ts'] }).sort();
      const imports = files.map((file, at) => `import * as m${at} from '../entities/${file}';`);
      const modules = files.map((_, at) => `m${at}`);
      return {
        loader: 'ts',
        contents: `${imports.join('')}export const entityModules = async () => [${modules.join(', ')}];`,
      };
    });
  },
};
