import { type Outcome, outcomes } from './outcome.ts';

export interface ReportRow extends Outcome {
  readonly scenario: string;
  /** What this package refuses the change with. */
  readonly refusal: string | null;
}

const introduction = `# The rebuild scenarios, done by MikroORM 7.2.1

Written by \`test/comparison/mikro-orm.test.ts\`, which fails when this is no longer what happens.

Each scenario of \`test/rebuild-scenarios.ts\` is a SQLite database with rows and a change that needs a table rebuilt. This
package's engine does the change and keeps everything, or refuses it; its result is the measure. MikroORM then does the same
change to the same database: its comparison of the schema before and after, its \`migration:create\`, its SQL, its
\`migration:up\`, all by their defaults (a transaction, foreign keys on). Both schemas are handed to it in its own model, with
all that entities can say, so that nothing is held against it that its introspection fails to read.

Not counted: rowids without a key, the order of rows and columns, comments, the names of constraints, quoting.

* **rows lost**, **values lost or changed**, **part of the schema lost**: the migration ends without an error or a warning.
* **let through**: done without an error, though rows do not fit or something goes; this package refuses it with the reason.
* **not done, silently**: the migration ends without an error, and what was asked is not there.
* **error, nothing changed**: it fails and is rolled back. **half done** would be a failure that leaves a part behind.
* **refused as well**: both refuse, for the same reason.
* **cannot be said**: entities have no way to ask for it; what the migration does all the same is told, not counted.
`;

/** How often each outcome was met, the worst first; the README has the same table. */
export function countTable(rows: readonly ReportRow[]): string {
  const counts = outcomes.flatMap((kind) => {
    const count = rows.filter((row) => row.kind === kind).length;
    return count === 0 ? [] : [`| ${kind} | ${count} |`];
  });
  return [`| MikroORM 7.2.1 | of ${rows.length} scenarios |`, '| --- | --- |', ...counts].join('\n');
}

/** The golden file: counts, then every scenario. */
export function report(rows: readonly ReportRow[]): string {
  const lines = rows.map(({ scenario, refusal, kind, details }) => {
    const here = refusal === null ? 'done' : 'refused';
    return `| ${scenario} | ${here} | ${kind} | ${details.map(cell).join('<br>')} |`;
  });
  return [
    introduction,
    `## Counts\n\n${countTable(rows)}\n`,
    '## Scenarios\n',
    '| scenario | this package | MikroORM 7.2.1 | in detail |\n| --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ');
}
