import { definitionsScenarios } from './rebuild-scenarios/definitions.ts';
import { dependentsScenarios } from './rebuild-scenarios/dependents.ts';
import { failuresScenarios } from './rebuild-scenarios/failures.ts';
import { keysAndValuesScenarios } from './rebuild-scenarios/keys-and-values.ts';
import { namesAndRowsScenarios } from './rebuild-scenarios/names-and-rows.ts';
import { referencesScenarios } from './rebuild-scenarios/references.ts';
import type { RebuildScenario } from './rebuild-scenarios/scenario.ts';
import { severalOperationsScenarios } from './rebuild-scenarios/several-operations.ts';

/** Tables with rows that must be rebuilt, and what must not change by it. */
export const rebuildScenarios: readonly RebuildScenario[] = [
  ...referencesScenarios,
  ...definitionsScenarios,
  ...dependentsScenarios,
  ...namesAndRowsScenarios,
  ...severalOperationsScenarios,
  ...keysAndValuesScenarios,
  ...failuresScenarios,
];
