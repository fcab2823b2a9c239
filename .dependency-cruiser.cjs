/**
 * Which way imports point. A floor may import the floors below it and, within itself, only what is named.
 * Kernel at the bottom, apps on top; skipping floors downwards is fine.
 */
const FLOORS = [
  ['kernel'],
  ['settings', 'logging', 'spreadsheets'],
  ['database', 'jobs'],
  ['audit', 'authorities'],
  ['access'],
  ['notifications', 'deadlines'],
  ['journeys'],
  ['enquiries', 'assessments', 'documents'],
  ['letters'],
  ['carers'],
  ['constellations', 'campaigns'],
  ['reports', 'privacy'],
  ['publications'],
  ['demo'],
];
/** Two libs of one floor where one stands on the other. */
const BESIDE = [
  ['jobs', 'database'],
  ['authorities', 'audit'],
  ['deadlines', 'notifications'],
];

const libs = FLOORS.flat();
const floorOf = (lib) => FLOORS.findIndex((floor) => floor.includes(lib));
const mayImport = (lib, other) => lib === other || floorOf(other) < floorOf(lib) || BESIDE.some(([from, to]) => from === lib && to === other);
const folder = (names) => `^libs/(${names.join('|')})/`;

const layering = libs.flatMap((lib) => {
  const above = libs.filter((other) => !mayImport(lib, other));
  return above.length === 0 ? [] : [{ name: `${lib}-knows-only-what-is-below`, severity: 'error', from: { path: folder([lib]) }, to: { path: folder(above) } }];
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'a-lib-has-a-floor', comment: 'Name a new lib in FLOORS.', severity: 'error', from: { path: '^libs/', pathNot: folder(libs) }, to: {} },
    { name: 'libs-do-not-know-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    { name: 'apps-do-not-know-each-other', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/', pathNot: '^apps/$1/' } },
    { name: 'one-door-into-a-lib', severity: 'error', from: { path: '^(libs/[^/]+|apps/[^/]+)/' }, to: { path: '^libs/[^/]+/', pathNot: ['^$1/', '^libs/[^/]+/src/index\\.ts$'] } },
    { name: 'inside-a-lib-not-through-its-door', severity: 'error', from: { path: '^libs/([^/]+)/' }, to: { path: '^libs/$1/src/index\\.ts$' } },
    { name: 'rules-know-only-rules-of-their-lib', severity: 'error', from: { path: '^(libs/[^/]+)/src/rules/', pathNot: '\\.spec\\.ts$' }, to: { path: '^libs/[^/]+/', pathNot: ['^$1/src/rules/', '^libs/[^/]+/src/index\\.ts$'] } },
    { name: 'rules-know-no-framework', severity: 'error', from: { path: '/rules/', pathNot: '\\.spec\\.ts$' }, to: { path: 'node_modules/(@nestjs|typeorm|pg|bullmq|express|nodemailer|pino)' } },
    { name: 'kernel-knows-no-framework', severity: 'error', from: { path: '^libs/kernel/' }, to: { path: 'node_modules/(@nestjs|typeorm|pg|bullmq|express)' } },
    { name: 'nothing-unresolved', severity: 'error', from: { pathNot: '^apps/web/assets/' }, to: { couldNotResolve: true } },
    // Express itself comes with @nestjs/platform-express, in the version that fits it.
    { name: 'shipped-code-uses-shipped-packages', severity: 'error', from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$' }, to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/express/' } },
    ...layering,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
