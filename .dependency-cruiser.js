// The street is one-way: a floor imports only lower floors (see ARCHITECTURE.md, "Floors").
const migratorFloors = [
  ['errors', 'schema'],
  ['operations', 'revision', 'driver'],
  ['autogenerate', 'script', 'dialects'],
  ['runtime'],
  ['commands'],
  ['mikro-orm'],
];

const migrator = 'packages/migrator/src/';
const folders = (names) => names.map((name) => `^${migrator}${name}(/|[.]ts$)`).join('|');

const floorRules = migratorFloors.slice(0, -1).map((names, floor) => ({
  name: `floor-${floor}-imports-upwards`,
  severity: 'error',
  comment: `${names.join(', ')} may import only their own floor and the floors below.`,
  from: { path: folders(names), pathNot: '[.]test[.]ts$' },
  to: { path: folders(migratorFloors.slice(floor + 1).flat()) },
}));

const packageRule = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '[.]test[.]ts$|/test/' },
  to: { path: '^packages/', pathNot: allowed },
});

export default {
  forbidden: [
    ...floorRules,
    packageRule('migrator-stands-alone', '^packages/migrator/src', '^packages/migrator/'),
    packageRule('models-source-stands-alone', '^packages/models/src', '^packages/models/src'),
    packageRule(
      'revisions-import-only-the-migrator',
      '^packages/models/migrations',
      '^packages/(migrator|models/migrations)/',
    ),
    packageRule('testing-imports-no-cli', '^packages/testing/src', '^packages/(testing|models|migrator)/'),
    packageRule(
      'postgresql-server-stands-alone',
      '^packages/testing/src/postgresql-server/',
      '^packages/testing/src/postgresql-server/',
    ),
    {
      name: 'tooling-only-for-tests',
      severity: 'error',
      comment: 'Tooling is not published.',
      from: { path: '^packages/[^/]+/(src|bin|migrations)/', pathNot: '[.]test[.]ts$' },
      to: { path: '^tooling/' },
    },
    {
      name: 'mikro-orm-only-in-its-folder',
      severity: 'error',
      comment: 'The engine works without an ORM; src/mikro-orm is the only bridge.',
      from: { path: `^${migrator}`, pathNot: `^${migrator}mikro-orm/|[.]test[.]ts$` },
      to: { path: 'node_modules/@mikro-orm/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Except among the entities and their methods: the relations of a data model go both ways.',
      from: { pathNot: '^packages/models/src/(entities|domain)/' },
      to: { circular: true },
    },
    { name: 'no-orphan-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    // swc sees `import type` too; the other parser that does needs a JavaScript API, which TypeScript 7 lacks.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|node_modules/[.]cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@freshmaker/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
