import { defineEntity, p } from '@mikro-orm/core';
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
export class User extends UserSchema.class {}
UserSchema.setClass(User);
