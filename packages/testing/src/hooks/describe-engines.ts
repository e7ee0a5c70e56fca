import { type EngineName, engineNames } from '../engines/engine.ts';
import { TestingError } from '../error.ts';

type Describe = (name: string, suite: () => void) => unknown;

const vitestDescribe: Describe | undefined =
  process.env.VITEST !== undefined && !('describe' in globalThis)
    ? (await import(String('vitest'))).describe
    : undefined;

/** The runner's `describe`. */
export function findDescribe(): Describe {
  const found = (globalThis as { describe?: Describe }).describe ?? vitestDescribe;
  if (found) return found;
  const { describe } = process.getBuiltinModule('node:test');
  return (name, suite) => void describe(name, suite);
}

/**
 * Declares the same suite for several engines:
 * `describeEngines('events', ({ engine }) => { const db = useTestDatabase({ engine }); … })`.
 *
 * @param engines default: those that `FRESHMAKER_TEST_ENGINES` lists, separated by commas, else all.
 */
export function describeEngines(
  name: string,
  suite: (given: { readonly engine: EngineName }) => void,
  engines: readonly EngineName[] = enginesOfEnvironment(),
): void {
  const describe = findDescribe();
  for (const engine of engines) describe(`${name} on ${engine}`, () => suite({ engine }));
}

function enginesOfEnvironment(): readonly EngineName[] {
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
