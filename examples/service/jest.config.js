import base from '../../jest.base.js';

// @freshmaker/testing brings the databases; the servers of other tests are not needed.
const { globalSetup, globalTeardown, ...config } = base;

export default config;
