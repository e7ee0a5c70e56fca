import { join } from 'node:path';
import { testMigrations } from '../src/index.ts';

testMigrations({ recorded: join(import.meta.dirname, 'freshmaker-revisions.json') });
