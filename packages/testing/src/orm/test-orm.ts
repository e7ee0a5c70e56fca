import { setImmediate as nextTurn } from 'node:timers/promises';
import { MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import { type Connection, dialectOfEngine, type EngineName } from '../engines/engine.ts';
import { restartNumbers } from '../factories/numbers.ts';
import { OutsideWorld } from '../outside/outside-world.ts';
import { ConnectionTap } from './connection-tap.ts';
import { instrumentedDriver } from './instrumented-driver.ts';
import { ormOptionsOf, type ProjectOptions } from './project.ts';

/** An ORM for tests: it is set up once, connected to one database after another, and sees the same outside world. */
export class TestOrm implements Connection {
  readonly orm: MikroORM;
  readonly tap: ConnectionTap;
  readonly world: OutsideWorld;

  private constructor(orm: MikroORM, tap: ConnectionTap, world: OutsideWorld) {
    this.orm = orm;
    this.tap = tap;
    this.world = world;
  }

  static async create(project: ProjectOptions, engine: EngineName): Promise<TestOrm> {
    const world = new OutsideWorld();
    const tap = new ConnectionTap(dialectOfEngine(engine));
    const options = await ormOptionsOf(project, engine, world.environment);
    const driver = instrumentedDriver(options.driver, tap);
    return new TestOrm(await MikroORM.init({ ...options, driver }), tap, world);
  }

  /** A new unit of work. */
  em(): SqlEntityManager {
    return this.orm.em.fork() as SqlEntityManager;
  }

  /** The SQL that makes the schema of the entities. Needs no connection. */
  schemaStatements(): Promise<string> {
    return this.orm.schema.getCreateSchemaSQL({ wrap: false });
  }

  /** Forgets what a test has recorded, and loaded into the ORM's own unit of work where tests may use that. */
  forget(): void {
    if (this.orm.config.get('allowGlobalContext')) this.orm.em.clear();
    this.world.reset();
    restartNumbers(this.orm);
  }

  /** Ends transactions that a test has left open. */
  async endLeftovers(): Promise<void> {
    if (await this.tap.endLeftovers()) await this.close();
  }

  async close(): Promise<void> {
    // What nobody waited for gets as far as asking for a connection; after the close it would open another one.
    await nextTurn();
    await this.orm.driver.getConnection().close(true);
  }

  async native<Client>(): Promise<Client> {
    const connection = this.orm.driver.getConnection();
    await connection.ensureConnection();
    return (await connection.getNativeClient()) as Client;
  }
}

/** What stands for Freshmaker among the projects. */
const freshmaker: object = {};

/** ORMs nobody uses. They hold no connection, and go with the project's entities and options. */
const idle = new WeakMap<object, WeakMap<object, Partial<Record<EngineName, TestOrm[]>>>>();

/** An ORM for a project on an engine: one that is idle, else a new one. */
export async function takeOrm(project: ProjectOptions, engine: EngineName): Promise<TestOrm> {
  return idleOrms(project, engine).pop() ?? TestOrm.create(project, engine);
}

/** Gives an ORM back, closed. */
export async function returnOrm(orm: TestOrm, project: ProjectOptions, engine: EngineName): Promise<void> {
  await orm.close();
  orm.forget();
  idleOrms(project, engine).push(orm);
}

function idleOrms({ entities, orm }: ProjectOptions, engine: EngineName): TestOrm[] {
  const byOptions = getOr(idle, entities ?? freshmaker, () => new WeakMap());
  const byEngine = getOr(byOptions, orm ?? freshmaker, (): Partial<Record<EngineName, TestOrm[]>> => ({}));
  byEngine[engine] ??= [];
  return byEngine[engine];
}

function getOr<Value>(map: WeakMap<object, Value>, key: object, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
