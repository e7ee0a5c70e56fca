/** What every package's Jest configuration shares: sources run as they are, on Node's own module loader. */
export default {
  runner: 'jest-light-runner',
  transform: {},
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
};
