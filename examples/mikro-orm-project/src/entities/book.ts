import { defineEntity, p } from '@mikro-orm/core';
import { Author } from './author.ts';

const BookSchema = defineEntity({
  name: 'Book',
  properties: {
    id: p.integer().primary(),
    title: p.string().length(300),
    isbn: p.string().length(13).nullable().unique(),
    author: () => p.manyToOne(Author).deleteRule('restrict'),
  },
});

export class Book extends BookSchema.class {}
BookSchema.setClass(Book);
