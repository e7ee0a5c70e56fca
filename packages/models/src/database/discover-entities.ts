import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntityClass } from '@mikro-orm/core';
import { FreshmakerBase } from '../entities/freshmaker-base.ts';

const entitiesFolder = new URL('../entities/', import.meta.url);

/**
 * The entity classes of a folder: every class that one of its modules exports and that extends `FreshmakerBase`.
 *
 * The folder is read, not a list: a new file is a new table. Modules have the ending of this one, so the sources are
 * found when the sources run and the compiled ones when the package is installed.
 *
 * @param folder - a folder of modules, not searched in depth; by default that of Freshmaker's own entities.
 * @returns the classes, ordered by the names of their files.
 */
export async function discoverEntities(folder: URL = entitiesFolder): Promise<EntityClass[]> {
  const ending = extname(fileURLToPath(import.meta.url));
  const files = (await readdir(folder)).filter((file) => isModule(file, ending)).sort();
  const modules: Record<string, unknown>[] = await Promise.all(
    files.map((file) => import(new URL(file, folder).href)),
  );
  return [...new Set(modules.flatMap((module) => Object.values(module)).filter(isEntityClass))];
}

function isModule(file: string, ending: string): boolean {
  return file.endsWith(ending) && !/\.(d|test)\.[a-z]+$/.test(file);
}

function isEntityClass(value: unknown): value is EntityClass {
  return typeof value === 'function' && value.prototype instanceof FreshmakerBase;
}
