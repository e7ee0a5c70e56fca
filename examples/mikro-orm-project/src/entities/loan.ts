import { defineEntity, p } from '@mikro-orm/core';
import { Book } from './book.ts';

const LoanSchema = defineEntity({
  name: 'Loan',
  properties: {
    id: p.integer().primary(),
    book: () => p.manyToOne(Book).deleteRule('cascade'),
    borrower: p.string().length(200),
    returned: p.boolean().default(false),
  },
});

export class Loan extends LoanSchema.class {}
LoanSchema.setClass(Loan);
