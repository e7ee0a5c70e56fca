// Settings of `freshmaker db …`. Paths start at this file's folder.
import { databaseUrl } from './src/database.ts';

export default {
  databaseUrl,
  directory: 'migrations',
  mikroOrm: './mikro-orm.config.ts',
};
