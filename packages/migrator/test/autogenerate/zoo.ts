import { defineEntity, p, Type } from '@mikro-orm/core';

/** A type of the project's own, with a declaration for each database. */
class Citext extends Type<string, string> {
  override getColumnType(_: unknown, platform: { getDefaultSchemaName(): string | undefined }): string {
    return platform.getDefaultSchemaName() === 'public' ? 'name' : 'citext';
  }
}

export const Scalars = defineEntity({
  name: 'Scalars',
  comment: 'One column of every type',
  properties: {
    id: p.integer().primary(),
    integer: p.integer(),
    integerNullable: p.integer().nullable(),
    smallint: p.smallint(),
    tinyint: p.tinyint(),
    mediumint: p.mediumint(),
    bigint: p.bigint(),
    float: p.float(),
    double: p.double(),
    decimal: p.decimal(),
    money: p.decimal().precision(12).scale(4),
    string: p.string(),
    short: p.string().length(20),
    unlimited: p.string().length(-1),
    text: p.text(),
    character: p.character(),
    threeCharacters: p.character().length(3),
    boolean: p.boolean(),
    datetime: p.datetime(),
    seconds: p.datetime().length(0),
    micros: p.datetime().length(6),
    local: p.datetime().columnType('timestamp'),
    localMillis: p.datetime().columnType('timestamp(3)'),
    date: p.date(),
    time: p.time(),
    timeMillis: p.time().length(3),
    interval: p.interval(),
    uuid: p.uuid(),
    json: p.json(),
    blob: p.blob(),
    uint8array: p.uint8array(),
    array: p.array(),
    integers: p.integer().array(),
    custom: p.type(Citext),
    commented: p.string().comment("The owner's note"),
    version: p.integer().version(),
  },
});

export const Defaults = defineEntity({
  name: 'Defaults',
  tableName: 'Default Values',
  properties: {
    id: p.uuid().primary(),
    number: p.integer().default(7),
    negative: p.integer().default(-1),
    rawNumber: p.integer().defaultRaw('0'),
    quotedNumber: p.integer().defaultRaw("'3'"),
    big: p.bigint().default(9007199254740993n as never),
    ratio: p.double().default(1.5),
    price: p.decimal().precision(8).scale(2).defaultRaw('9.90'),
    yes: p.boolean().default(true),
    no: p.boolean().defaultRaw('false'),
    string: p.string().default('it is'),
    quote: p.string().defaultRaw("'it''s'"),
    empty: p.string().default(''),
    numberText: p.string().default('007'),
    nothing: p.string().nullable().defaultRaw('null'),
    json: p.json().default('{"b": 1, "a": [1, 2]}'),
    now: p.datetime().defaultRaw('now()'),
    current: p.datetime().defaultRaw('current_timestamp'),
    precise: p.datetime().length(3).defaultRaw('current_timestamp(3)'),
    day: p.date().defaultRaw("'2020-02-29'"),
    moment: p.datetime().defaultRaw("'2020-02-29 10:00:00'"),
    sum: p.integer().defaultRaw('(1 + 2)'),
    lower: p.string().defaultRaw("lower('ABC')"),
  },
});

export const Enums = defineEntity({
  name: 'Enums',
  properties: {
    id: p.bigint().primary(),
    text: p.enum(['new', 'done', "won't"]),
    textDefault: p.enum(['a', 'b']).default('a'),
    native: p.enum(['small', 'large']).nativeEnumName('size'),
    nativeDefault: p.enum(['small', 'large']).nativeEnumName('size').default('large').nullable(),
    numbers: p.enum([1, 2, 3]),
    list: p.enum(['x', 'y']).array(),
  },
});

export const Author = defineEntity({
  name: 'Author',
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    email: p.string().unique('author_mail'),
    born: p.date().index(),
    mentor: () => p.manyToOne(Author).nullable(),
    books: () => p.oneToMany(Book).mappedBy('author'),
    favourite: () => p.oneToOne(Book).nullable().deleteRule('set null'),
    tags: () => p.manyToMany(Tag),
  },
});

export const Tag = defineEntity({
  name: 'Tag',
  properties: {
    name: p.string().length(50).primary(),
    books: () => p.manyToMany(Book).mappedBy('tags'),
  },
});

export const Publisher = defineEntity({
  name: 'Publisher',
  properties: { country: p.character().length(2).primary(), number: p.integer().primary(), name: p.string() },
});

export const Book = defineEntity({
  name: 'Book',
  properties: {
    id: p.uuid().primary(),
    title: p.string(),
    pages: p.integer().check((columns) => `${columns.pages} > 0`),
    author: () => p.manyToOne(Author).deleteRule('cascade').updateRule('no action'),
    publisher: () => p.manyToOne(Publisher).nullable(),
    sequel: () => p.manyToOne(Book).nullable().deferMode('deferred'),
    tags: () => p.manyToMany(Tag).pivotTable('book_labels').fixedOrder(),
    meta: p.json().nullable(),
    titleLength: p.integer().generated((columns) => `(length(${columns.title})) stored`),
  },
  indexes: [
    { properties: ['author', 'title'] },
    { name: 'book_title_desc', columns: [{ name: 'title', sort: 'desc', nulls: 'last' }] },
    { name: 'book_long', properties: ['pages'], where: 'pages > 500 and title is not null' },
    { name: 'book_typed', properties: ['title'], where: { pages: { $gt: 3 } } as never },
    { name: 'book_lower', expression: 'create index book_lower on book (lower(title))' },
    { name: 'book_cover', properties: ['pages'], include: ['title'] as never },
    { name: 'book_lang', properties: ['meta.language'] as never },
  ],
  uniques: [
    { properties: ['author', 'title'] },
    { name: 'book_once', properties: ['title', 'pages'] },
    { properties: ['pages', 'author'], deferMode: 'immediate' },
    { name: 'book_in_the_end', properties: ['publisher', 'title'], deferMode: 'deferred' },
    { name: 'book_active', properties: ['title'], where: 'pages is null or pages in (1, 2, 3)' },
  ],
  checks: [
    { name: 'book_pages', expression: "pages between 1 and 10000 and title <> ''" },
    {
      name: 'book_words',
      expression: "title like 'A%' or pages != 13 or not (pages = 7)",
    },
  ],
});

export const Address = defineEntity({
  name: 'Address',
  embeddable: true,
  properties: { street: p.string(), zip: p.string().length(10).nullable(), kind: p.enum(['home', 'work']) },
});

export const Person = defineEntity({
  name: 'Person',
  properties: {
    id: p.integer().primary(),
    home: () => p.embedded(Address),
    work: () => p.embedded(Address).prefix('w_').nullable(),
    stored: () => p.embedded(Address).object(),
    many: () => p.embedded(Address).array(),
  },
});

export const Animal = defineEntity({
  name: 'Animal',
  discriminatorColumn: 'kind',
  abstract: true,
  properties: { id: p.integer().primary(), kind: p.enum(['dog', 'cat']), name: p.string() },
});
export const Dog = defineEntity({
  name: 'Dog',
  discriminatorValue: 'dog',
  extends: Animal,
  properties: { barks: p.boolean() },
});
export const Cat = defineEntity({
  name: 'Cat',
  discriminatorValue: 'cat',
  extends: Animal,
  properties: { lives: p.smallint().default(9), owner: () => p.manyToOne(Person) },
});

export const Vehicle = defineEntity({
  name: 'Vehicle',
  inheritance: 'tpt',
  properties: { id: p.integer().primary(), wheels: p.integer() },
});
export const Car = defineEntity({ name: 'Car', extends: Vehicle, properties: { seats: p.integer() } });

export const Left = defineEntity({
  name: 'Left',
  properties: { id: p.integer().primary(), right: () => p.manyToOne(Right) },
});
export const Right = defineEntity({
  name: 'Right',
  properties: { id: p.integer().primary(), left: () => p.manyToOne(Left).nullable() },
});

export const Counters = defineEntity({
  name: 'Counters',
  tableName: 'order',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    select: p.integer().index('select'),
    'with space': p.string().name('with "space"'),
    Ünïcode: p.string().nullable(),
  },
});

export const zoo = [
  Scalars,
  Defaults,
  Enums,
  Author,
  Tag,
  Publisher,
  Book,
  Address,
  Person,
  Animal,
  Dog,
  Cat,
  Vehicle,
  Car,
  Left,
  Right,
  Counters,
];
