import { defineEntity, p } from '@mikro-orm/core';

const AuthorSchema = defineEntity({
  name: 'Author',
  properties: {
    id: p.integer().primary(),
    name: p.string().length(200),
    /** How the name is filed: "Le Guin, Ursula K.". */
    sortName: p.string().length(200).index(),
  },
});

export class Author extends AuthorSchema.class {}
AuthorSchema.setClass(Author);
