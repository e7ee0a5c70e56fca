import { type EngineName, engineNames } from '../engines/engine.ts';
import { TestingError } from '../error.ts';
import { findDeclarations } from './declarations.ts';

/**
 * Declares the same suite for several engines:
 * `describeEngines('events', ({ engine }) => { const db = useTestDatabase({ engine }); … })`.
 *
 * @param engines default: those that `FRESHMAKER_TEST_ENGINES` lists, separated by commas, else all.
 */
export function describeEngines(
  name: string,
  suite: (given: { readonly engine: EngineName }) => void,
  engines: readonly EngineName[] = enginesToTest(),
): void {
  const { describe } = findDeclarations();
  for (const engine of engines) describe(`${name} on ${engine}`, () => suite({ engine }));
}

/** The engines that tests run on: those that `FRESHMAKER_TEST_ENGINES` lists, else all. */
export function enginesToTest(): readonly EngineName[] {
  const listed = process.env.FRESHMAKER_TEST_ENGINES?.split(',').map((each) => each.trim());
  if (listed === undefined) return engineNames;
  const unknown = listed.filter((each) => !(engineNames as readonly string[]).includes(each));
  if (unknown.length === 0) return listed as EngineName[];
  throw new TestingError(
    'TEST_OPTIONS_INVALID',
    `FRESHMAKER_TEST_ENGINES lists engines that do not exist: ${unknown.join(', ')}.`,
    `Choose among ${engineNames.join(', ')}.`,
  );
}
