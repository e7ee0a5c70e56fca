import { Flags } from '@oclif/core';

/** What commands take that can show what they would do instead of doing it. */
export const previewFlags = {
  sql: Flags.boolean({
    description: 'Print the SQL and run nothing; the revision may be a range A:B.',
    exclusive: ['plan'],
  }),
  plan: Flags.boolean({
    description:
      'Print the steps, what they lock, rebuild and destroy, and run nothing; with -v also their SQL.',
  }),
  'skip-data-steps': Flags.boolean({
    description: 'With --sql: put a comment where a data step must read rows first.',
    dependsOn: ['sql'],
  }),
};
