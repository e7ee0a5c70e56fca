import { join } from 'node:path';
import { testCommandLines } from './command-lines.ts';

testCommandLines({
  name: 'SQLite',
  open: async (folder) => ({ url: `sqlite:///${join(folder, 'library.db')}`, drop: async () => {} }),
});
