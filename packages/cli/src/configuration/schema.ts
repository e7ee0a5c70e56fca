import { ConfigurationError, nearMisses } from '@freshmaker/migrator/engine';
import * as z from 'zod';
import type { Configuration } from './configuration.ts';

const text = z.string().min(1);

const schema = z.strictObject({
  databaseUrl: text.optional(),
  SQLALCHEMY_DATABASE_URI: text.optional(),
  directory: text.optional(),
  versionLocations: z.array(text).min(1).optional(),
  mikroOrm: z.union([text, z.record(z.string(), z.unknown())]).optional(),
  include: z.array(text).optional(),
  exclude: z.array(text).optional(),
  lock: z.enum(['wait', 'fail', 'skip']).optional(),
  lockTimeout: z.number().nonnegative().optional(),
}) satisfies z.ZodType<Configuration>;

/**
 * Checks what a configuration file holds.
 *
 * @throws ConfigurationError `CONFIG_INVALID` naming every wrong key and the file; never a value.
 */
export function checkConfiguration(value: unknown, path: string): Configuration {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => describe(issue));
  const keys = problems.map((problem) => problem.key).filter((key) => key !== '');
  const message = `The configuration file ${path} is not valid: ${problems.map((each) => each.message).join('; ')}.`;
  const didYouMean = problems.flatMap((problem) => problem.didYouMean);
  throw new ConfigurationError('CONFIG_INVALID', message, {
    hint:
      didYouMean.length > 0
        ? `Did you mean ${didYouMean.join(' or ')}?`
        : `Its keys are ${Object.keys(schema.shape).join(', ')}.`,
    facts: { path, keys },
  });
}

interface Problem {
  readonly key: string;
  readonly message: string;
  readonly didYouMean: readonly string[];
}

function describe(issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      key,
      message: `there is no key "${key}"`,
      didYouMean: nearMisses(key, Object.keys(schema.shape)),
    }));
  }
  const key = issue.path.join('.');
  const what = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  return [{ key, message: key === '' ? what : `"${key}": ${what}`, didYouMean: [] }];
}
