import type { Schema } from '@freshmaker/migrator/engine';
import type { EngineName } from '../engines/engine.ts';
import type { ProjectOptions } from '../orm/project.ts';
import { TestOrm } from '../orm/test-orm.ts';

/** The schema that a project's entities describe. Needs no database. */
export async function projectSchema(project: ProjectOptions, engine: EngineName): Promise<Schema> {
  const { entitySchema } = await import('@freshmaker/migrator');
  const { orm } = await TestOrm.create(project, engine);
  return entitySchema(orm);
}
