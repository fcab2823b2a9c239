/** Packages that ship only ES modules: Node requires them as they are, Jest needs them transformed. */
const esm = ['@nestjs/[^/]+', 'file-type', 'strtok3', 'token-types', 'uint8array-extras', '@tokenizer', '@borewit', 'load-esm', 'csrf-sync', 'd3-[a-z-]+', 'internmap', 'uuid', 'temporal-polyfill', 'temporal-utils', 'csv-parse', 'rate-limiter-flexible'].join('|');

const swc = {
  ...JSON.parse(require('node:fs').readFileSync(`${__dirname}/.swcrc`, 'utf8')),
  swcrc: false,
  sourceMaps: 'inline',
};
delete swc.$schema;
delete swc.jsc.baseUrl;
delete swc.jsc.paths;

const project = (name, testMatch, more = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch,
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  transform: { '^.+\\.(t|m?j)s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  moduleNameMapper: { '^@app/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts', '^@web/(.*)$': '<rootDir>/apps/web/src/$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  ...more,
});

const withDatabase = { globalSetup: '<rootDir>/tests/support/database-server.mjs', globalTeardown: '<rootDir>/tests/support/database-server-stop.mjs' };

/** @type {import('jest').Config} */
module.exports = {
  // One limit for all, far off: a machine that does other work as well is slow, not broken. What must be quick is measured in its test.
  testTimeout: 300_000,
  projects: [
    project('rules', ['<rootDir>/{apps,libs}/**/*.spec.ts', '<rootDir>/tests/architecture/**/*.spec.ts']),
    project('integration', ['<rootDir>/tests/integration/**/*.spec.ts'], withDatabase),
    project('web', ['<rootDir>/tests/web/**/*.spec.ts'], withDatabase),
    project('faults', ['<rootDir>/tests/faults/**/*.spec.ts'], withDatabase),
    project('browser', ['<rootDir>/tests/browser/**/*.spec.ts'], withDatabase),
  ],
};
