import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EntityModels } from '@freshmaker/migrator';
import { ConfigurationError, loadReason } from '@freshmaker/migrator/engine';
import type { ConfigurationFile } from './configuration.ts';
import { keptModels } from './kept-models.ts';

/** What MikroORM needs to know the entities: its options, whatever their exact type. */
type OrmOptions = Readonly<Record<string, unknown>>;

/**
 * The schema of the entities: those of the MikroORM options that the configuration file names, else Freshmaker's.
 * Connects to nothing.
 *
 * @throws ConfigurationError `CONFIG_INVALID` when the options cannot be read, or MikroORM finds fault with the entities.
 */
export async function loadModels(file: ConfigurationFile | null): Promise<EntityModels> {
  const kept = file?.values.mikroOrm === undefined ? await keptModels() : null;
  const models = kept ?? (await describeModels(file));
  const { include, exclude = [] } = file?.values ?? {};
  return { ...models, tables: { include, exclude: [...exclude, ...(models.tables?.exclude ?? [])] } };
}

async function describeModels(file: ConfigurationFile | null): Promise<EntityModels> {
  const isOwn = file?.values.mikroOrm !== undefined;
  const options = await ormOptions(file);
  const [{ MikroORM }, { SqliteDriver }, { entityModels }] = await Promise.all([
    import('@mikro-orm/core'),
    import('@mikro-orm/sqlite'),
    import('@freshmaker/migrator'),
  ]);
  try {
    const complete = { driver: SqliteDriver, dbName: ':memory:', ...options } as never;
    // `init`, which connects to nothing either, finds entities that are named by paths; Freshmaker's are classes.
    const orm = isOwn ? await MikroORM.init(complete) : new MikroORM(complete);
    return await entityModels(orm as never);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError('CONFIG_INVALID', `MikroORM does not accept the entities: ${reason}`, {
      hint: 'Correct the entities, or the MikroORM options that name them.',
      cause,
      facts: file === null ? {} : { path: file.path },
    });
  }
}

async function ormOptions(file: ConfigurationFile | null): Promise<OrmOptions> {
  const own = file?.values.mikroOrm;
  if (file !== null && own !== undefined) {
    const options = typeof own === 'string' ? await importOptions(resolve(file.folder, own), file) : own;
    // Relative globs of entities start where the options are.
    return { baseDir: file.folder, ...options };
  }
  const { resolveDatabaseOptions } = await import('@freshmaker/models/options');
  return { ...(await resolveDatabaseOptions('sqlite://')) };
}

async function importOptions(path: string, file: ConfigurationFile): Promise<OrmOptions> {
  const fail = (reason: string, cause?: unknown) =>
    new ConfigurationError('CONFIG_INVALID', `The MikroORM options ${path} cannot be read: ${reason}.`, {
      hint: needsLoader(path, cause)
        ? "Node leaves out types and no more. For decorators, enums and imports without file endings set NODE_OPTIONS='--import tsx' (of the package tsx), or name compiled options."
        : `Correct the key mikroOrm of ${file.path}: it names a module whose default export are the options.`,
      cause,
      facts: { path, key: 'mikroOrm' },
    });
  if (!existsSync(path)) throw fail('there is no such file');
  try {
    const loaded: unknown = (await import(pathToFileURL(path).href)).default;
    const options: unknown = typeof loaded === 'function' ? await loaded() : await loaded;
    if (options !== null && typeof options === 'object') return options as OrmOptions;
  } catch (cause) {
    throw fail(loadReason(cause, path), cause);
  }
  throw fail('its default export is no object');
}

/** Whether TypeScript may have asked for more than Node does with it. */
function needsLoader(path: string, cause: unknown): boolean {
  if (!/\.[cm]?ts$/.test(path) || !(cause instanceof Error)) return false;
  const { code } = cause as { readonly code?: unknown };
  const codes = [
    'ERR_MODULE_NOT_FOUND',
    'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
    'ERR_INVALID_TYPESCRIPT_SYNTAX',
  ];
  return cause instanceof SyntaxError || codes.includes(String(code));
}
