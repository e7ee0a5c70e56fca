/** What a configuration file (`freshmaker.config.{ts,mts,js,mjs,json}`) may say; paths start at the file's folder. */
export interface Configuration {
  /** The database's URL, where neither `--database-url` nor the environment has one. */
  readonly databaseUrl?: string;
  /** The same under the name that Flask-SQLAlchemy gives it. */
  readonly SQLALCHEMY_DATABASE_URI?: string;
  /** The migrations directory: the folder that holds `versions/`. */
  readonly directory?: string;
  /** Folders of revision scripts instead of `versions/`. */
  readonly versionLocations?: readonly string[];
  /**
   * The MikroORM options that name the entities, or the path of a module that exports them; default Freshmaker's. No
   * connection of theirs is used.
   */
  readonly mikroOrm?: string | Readonly<Record<string, unknown>>;
  /** Only these tables are compared with the models: names, with `*` for any characters and `?` for one. */
  readonly include?: readonly string[];
  /** These tables are left alone. */
  readonly exclude?: readonly string[];
  /** What to do while another migrator is at work: `wait` (default), `fail` or `skip`. */
  readonly lock?: 'wait' | 'fail' | 'skip';
  /** The bound on all waiting, in seconds; default 60. */
  readonly lockTimeout?: number;
}

/** A configuration file that was read. */
export interface ConfigurationFile {
  readonly path: string;
  /** The folder it is in. */
  readonly folder: string;
  readonly values: Configuration;
}
