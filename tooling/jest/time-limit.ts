import { addEventHandler } from 'jest-circus';
import { withTimeLimit } from './with-time-limit.ts';

/** For a test or hook that names no limit of its own, in milliseconds: many times what the slowest needs. */
const defaultLimit = 120_000;

// jest-light-runner runs the functions that Jest collects, but knows no time limit: one test that waits for ever
// would keep the whole run from ending, and nothing would tell which one it is.
addEventHandler((event, { currentDescribeBlock }) => {
  if (event.name !== 'add_test' && event.name !== 'add_hook') return;
  const added = (event.name === 'add_test' ? currentDescribeBlock.tests : currentDescribeBlock.hooks).at(-1);
  // A function that takes a parameter is called with a callback; none here is.
  if (!added?.fn || added.fn.length > 0) return;
  added.fn = withTimeLimit(added.fn as () => unknown, event.timeout ?? defaultLimit);
});
