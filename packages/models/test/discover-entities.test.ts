import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MikroORM } from '@mikro-orm/sql';
import { discoverEntities, resolveDatabaseOptions } from '../src/index.ts';

const newEntity = `
import { defineEntity, p } from '@mikro-orm/core';
import { FreshmakerBase } from '../../src/entities/freshmaker-base.ts';
const NoteSchema = defineEntity({
  name: 'Note',
  extends: FreshmakerBase,
  properties: { id: p.integer().primary(), textOfNote: p.string().length(-1) },
});
export class Note extends NoteSchema.class {}
NoteSchema.setClass(Note);
export class NoEntity {}
export const number = 1;
`;

test('the entities are the classes that the files of their folder export', async () => {
  const names = (await discoverEntities()).map(({ name }) => name);
  expect(names.sort()).toEqual([
    'ArtifactBuild',
    'ArtifactBuildCompose',
    'Compose',
    'Event',
    'EventDependency',
    'User',
  ]);
});

test('a new file is a new table, with nothing else to register', async () => {
  const folder = await mkdtemp(join(import.meta.dirname, 'entities-'));
  try {
    await writeFile(join(folder, 'note.ts'), newEntity);
    await writeFile(join(folder, 'note.test.ts'), 'throw new Error("not a module of entities");');
    await writeFile(join(folder, 'README.md'), '');
    const entities = await discoverEntities(pathToFileURL(`${folder}/`));
    const orm = new MikroORM(await resolveDatabaseOptions('sqlite://', { entities }));
    const tables = orm.schema.getTargetSchema().getTables();
    expect(tables.map(({ name }) => name)).toEqual(['note']);
    expect(tables[0]?.getColumns().map(({ name }) => name)).toEqual(['id', 'text_of_note']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
