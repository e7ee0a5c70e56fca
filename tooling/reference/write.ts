// `npm run reference`: writes the parts of docs/reference that are generated.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommands, renderCommands } from './commands.ts';
import { renderOperations } from './operations.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'reference');
writeFileSync(join(folder, 'commands.md'), renderCommands(await readCommands()));
writeFileSync(join(folder, 'operations.md'), renderOperations());
