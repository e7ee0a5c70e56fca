import { type EntityProperty, type Platform, Type } from '@mikro-orm/core';

/**
 * The number of a member of an enumeration. An integer like any other, but that MikroORM leaves the check of what is
 * assigned to the entity, which takes names as well.
 */
export class MemberType extends Type<number, number> {
  override getColumnType(prop: EntityProperty, platform: Platform): string {
    return platform.getIntegerTypeDeclarationSQL(prop);
  }

  override compareAsType(): string {
    return 'number';
  }

  override get runtimeType(): string {
    return 'any';
  }

  override ensureComparable(): boolean {
    return false;
  }
}
