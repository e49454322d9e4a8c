import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';

// The allowed imports between packages. Everything not listed here is refused, so a new package must be placed before it can be used.
const mayImport = {
  'packages/protocol': [],
  'packages/conversation': ['packages/protocol'],
  'packages/runtime': ['packages/conversation', 'packages/protocol'],
  'packages/store-contract': ['packages/runtime', 'packages/conversation', 'packages/protocol'],
  'packages/database': ['packages/runtime', 'packages/conversation', 'packages/protocol'],
  'packages/embedded-postgres': [],
  'packages/outbound-http': [],
  'packages/agents': ['packages/outbound-http', 'packages/protocol'],
  'packages/channels': ['packages/outbound-http', 'packages/protocol'],
  'packages/chat-widget': ['packages/protocol'],
  'packages/client': ['packages/protocol'],
  'packages/statechart-kit': [],
  'apps/server': [
    'packages/protocol',
    'packages/conversation',
    'packages/runtime',
    'packages/database',
    'packages/embedded-postgres',
    'packages/agents',
    'packages/channels',
    'packages/outbound-http',
  ],
  'apps/web': ['packages/client', 'packages/protocol', 'packages/chat-widget'],
};

// Types cost nothing at run time: these pairs may share a shape, never code.
const mayShareTypes = {
  'packages/agents': ['packages/conversation'],
  'packages/channels': ['packages/conversation'],
};

// Further imports allowed to the tests of a package only.
const mayTestWith = {
  'packages/conversation': ['packages/statechart-kit'],
  'packages/runtime': ['packages/store-contract'],
  'packages/database': ['packages/embedded-postgres', 'packages/store-contract'],
  'apps/server': ['packages/store-contract'],
  // They hold the drawn statechart against the machine; XState stays out of what browsers load.
  'apps/web': ['packages/conversation', 'packages/statechart-kit'],
};

const ours = '^(packages|apps)/';
const testCode = '(\\.test\\.ts$|\\.e2e\\.ts$|/test/|/testing/|^packages/store-contract/|^test-support/|^e2e/)';

const undeclared = ['npm-no-pkg', 'npm-unknown'];

const under = (folders) => folders.map((folder) => `^${folder}(/|$)`);

const layers = Object.entries(mayImport).flatMap(([name, allowed]) => {
  const types = mayShareTypes[name] ?? [];
  const testTools = mayTestWith[name] ?? [];
  return [
    {
      name: `layer:${name}`,
      comment: `${name} may import only: ${allowed.join(', ') || 'nothing of ours'}.`,
      severity: 'error',
      from: { path: `^${name}/` },
      to: { path: ours, pathNot: under([name, ...allowed, ...types, ...testTools]) },
    },
    ...(testTools.length === 0
      ? []
      : [
          {
            name: `tests-only:${name}`,
            comment: `Only the tests of ${name} may import ${testTools.join(', ')}.`,
            severity: 'error',
            from: { path: `^${name}/`, pathNot: testCode },
            to: { path: under(testTools) },
          },
        ]),
    ...(types.length === 0
      ? []
      : [
          {
            name: `types-only:${name}`,
            comment: `${name} may take types from ${types.join(', ')}, never code.`,
            severity: 'error',
            from: { path: `^${name}/` },
            to: { path: under(types), dependencyTypesNot: ['type-only'] },
          },
        ]),
  ];
});

// Rooms, lowest first. A room may import those below it, types included, never one above it.
const runtimeRooms = ['ports', 'decide', 'batching', 'actor', 'workers'];
const serverRooms = [
  'timing',
  'logging',
  'problems',
  'auth',
  'realtime/presence',
  'realtime/fan-out',
  'realtime/gateway',
  'cluster',
  'realtime/realtime.ts',
  'http/middleware',
  'http/routes',
  'api-docs',
  'workers',
  'demo',
  'process',
  'web',
];

const room = (names, folder = 'packages/runtime') => `^${folder}/src/(${names.join('|')})(/|$)`;

const orderOf = (folder, rooms) =>
  rooms.slice(0, -1).map((name, index) => ({
    name: `room:${folder}/${name}`,
    comment: `The order of the rooms is: ${rooms.join(', ')}.`,
    severity: 'error',
    from: { path: room([name], folder) },
    to: { path: room(rooms.slice(index + 1), folder) },
  }));

const roomOrder = [...orderOf('packages/runtime', runtimeRooms), ...orderOf('apps/server', serverRooms)];

// The files that packages declare in their `exports`.
const entries = Object.keys(mayImport).flatMap((folder) => {
  const manifest = new URL(`${folder}/package.json`, import.meta.url);
  const { exports = {} } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  return Object.values(exports).map((path) => `^${join(folder, path).replaceAll('.', '\\.')}$`);
});

const placed = under(Object.keys(mayImport));

export default {
  forbidden: [
    ...layers,
    ...roomOrder,
    {
      name: 'unplaced-file',
      comment: 'A file of the runtime belongs to one of its rooms.',
      severity: 'error',
      from: { path: '^packages/runtime/src/', pathNot: [room(runtimeRooms), '^packages/runtime/src/index\\.ts$'] },
      to: {},
    },
    {
      name: 'unplaced-package',
      comment: 'A new package needs its row in the table at the top of .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: ours, pathNot: placed },
      to: {},
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    // SvelteKit makes up `$app/…` while it builds.
    { name: 'not-found', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^\\$app/' } },
    {
      name: 'undeclared-package',
      comment: 'Declare it in the package.json of the folder that imports it.',
      severity: 'error',
      from: { pathNot: testCode },
      to: { dependencyTypes: undeclared },
    },
    {
      name: 'undeclared-package-in-tests',
      comment: 'Test tools are declared once, at the root; everything else where it is imported.',
      severity: 'error',
      from: { path: testCode },
      to: {
        dependencyTypes: undeclared,
        pathNot: '/node_modules/(vitest|@vitest/[^/]+|fast-check|playwright|axe-core)/',
      },
    },
    {
      name: 'pure-statechart',
      comment: 'The statechart knows no clock, no I/O and no library but xstate.',
      severity: 'error',
      from: { path: '^packages/conversation/src/', pathNot: testCode },
      to: { path: ['node_modules/', '^node:'], dependencyTypesNot: ['local'], pathNot: '(^|/)node_modules/xstate/' },
    },
    {
      name: 'web-inbox-below-features',
      comment: 'The inbox holds the data; features show it and may import it, never the other way round.',
      severity: 'error',
      from: { path: '^apps/web/src/lib/(api|i18n|inbox|requests)/' },
      to: { path: '^apps/web/src/(lib/features|routes)/' },
    },
    {
      name: 'embedded-postgres-behind-its-driver',
      severity: 'error',
      from: { pathNot: '^packages/embedded-postgres/' },
      to: { path: '@embedded-postgres/' },
    },
    {
      name: 'tests-stay-outside',
      comment: 'What ships never imports test code.',
      severity: 'error',
      from: { path: `${ours}[^/]+/src/`, pathNot: testCode },
      to: { path: testCode },
    },
    {
      name: 'ships-without-dev-dependencies',
      comment: 'The web app is bundled whole, so everything of it is a dev dependency; nowhere else.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|apps/server)/src/', pathNot: testCode },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'vague-name',
      comment: 'Name a file for the one thing it does.',
      severity: 'error',
      from: {},
      to: { path: '/(utils?|helpers?|common|managers?)(/|\\.[^/]+$)', pathNot: 'node_modules/' },
    },
    {
      name: 'no-barrel',
      comment: 'Only the entries of a package are called index.ts.',
      severity: 'error',
      from: {},
      to: {
        path: '/index\\.(ts|js|mjs)$',
        pathNot: ['node_modules/', ...entries],
      },
    },
  ],
  options: {
    // Type imports count too: a type that points the wrong way is how code follows later.
    tsPreCompilationDeps: true,
    exclude: { path: '(/build/|/\\.svelte-kit/|/paraglide/)' },
    doNotFollow: { path: 'node_modules' },
    extraExtensionsToScan: ['.css'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.d.ts'],
    },
  },
};
