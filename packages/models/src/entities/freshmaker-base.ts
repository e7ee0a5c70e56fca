import { defineEntity } from '@mikro-orm/core';

const FreshmakerBaseSchema = defineEntity({ name: 'FreshmakerBase', abstract: true, properties: {} });

/**
 * The base of every entity. A class in this folder that extends it is a table: it is found by `discoverEntities`,
 * there is no list to add it to.
 */
export abstract class FreshmakerBase extends FreshmakerBaseSchema.class {}
FreshmakerBaseSchema.setClass(FreshmakerBase);
