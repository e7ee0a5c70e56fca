import { defineEntity, p } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { getOrInsert } from '../domain/get-or-create.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    username: p.string().length(200).unique(),
  },
});

/** Someone who has logged in. */
export class User extends UserSchema.class {
  /** The user of a name, exactly as it is written. */
  static findUserByName(em: SqlEntityManager, username: string): Promise<User | null> {
    return em.findOne(User, { username });
  }

  /** Adds a new user to the unit of work; the id is known after the flush. */
  static createUser(em: SqlEntityManager, username: string): User {
    return em.create(User, { username });
  }

  /** The user of a name, created and committed at the first log-in. Log-ins that race for it get the same row. */
  static getOrCreate(em: SqlEntityManager, username: string): Promise<User> {
    return getOrInsert(em, User, 'username', () => ({ username }), username);
  }
}
UserSchema.setClass(User);
