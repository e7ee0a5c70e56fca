import type { EntityClass } from '@mikro-orm/core';
import { FreshmakerBase } from '../entities/freshmaker-base.ts';
import { entityModules } from './entity-modules.ts';
import { importFolder } from './import-folder.ts';

/**
 * The entity classes of a folder: every class that one of its modules exports and that extends `FreshmakerBase`.
 *
 * @param folder - a folder of modules, not searched in depth; by default that of Freshmaker's own entities.
 * @returns the classes, ordered by the names of their files.
 */
export async function discoverEntities(folder?: URL): Promise<EntityClass[]> {
  const modules = await (folder === undefined ? entityModules() : importFolder(folder));
  return [...new Set(modules.flatMap((module) => Object.values(module)).filter(isEntityClass))];
}

function isEntityClass(value: unknown): value is EntityClass {
  return typeof value === 'function' && value.prototype instanceof FreshmakerBase;
}
