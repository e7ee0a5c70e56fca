import type { CheckDocument, OperationDescription, ScriptsCheckDocument } from '@freshmaker/migrator/engine';
import { operationLine } from './operations.ts';
import type { Style } from './style.ts';

/** What differs between models and database, and what to do about each kind of difference. */
export function checkLines(document: CheckDocument, style: Style): string[] {
  const { upToDate, operations, modelsAhead, madeByNoRevision, changedByHand, statements } = document;
  const beyond = beyondLines(document.notCompared);
  if (upToDate) return ['Up to date: the database is what the models say.', ...beyond];
  return [
    'The database is not what the models say. To get there:',
    ...list(operations),
    ...part(modelsAhead, modelsAheadLine(style)),
    ...unknownLines(madeByNoRevision, style),
    ...part(changedByHand, 'The database was changed by hand; what takes it back to what the scripts make:'),
    ...statements.map((statement) => `    ${statement};`),
    ...beyond,
  ];
}

function unknownLines(tables: readonly string[], { advice }: Style): string[] {
  if (tables.length === 0) return [];
  const text =
    'No revision makes these tables of the database; `db migrate --from-database` writes one that does:';
  return ['', advice(text), ...tables.map((table) => `  ${table}`)];
}

function beyondLines(notCompared: CheckDocument['notCompared']): string[] {
  if (notCompared.length === 0) return [];
  return [
    '',
    'Not compared, since no operation can change it:',
    ...notCompared.map(({ table, what }) => `  ${table}: ${what}`),
  ];
}

/** What differs between models and scripts. */
export function scriptsCheckLines(
  { upToDate, operations, notCompared }: ScriptsCheckDocument,
  style: Style,
): string[] {
  const beyond = beyondLines(notCompared);
  if (upToDate) return ['Up to date: the scripts make what the models say.', ...beyond];
  return [modelsAheadLine(style), ...list(operations), ...beyond];
}

function modelsAheadLine({ advice }: Style): string {
  return advice('The models are ahead of the scripts; `db migrate` writes a revision for:');
}

function part(operations: readonly OperationDescription[], text: string): string[] {
  return operations.length === 0 ? [] : ['', text, ...list(operations)];
}

function list(operations: readonly OperationDescription[]): string[] {
  return operations.map((operation) => `  ${operationLine(operation)}`);
}
