// Who may call whom. Read top to bottom: first the build order, then what each kind of file may
// import, then who may touch the database. `scripts/boundaries.test.ts` plants a violation of every
// rule and sees it caught; a new rule needs its plant there.

/** Each domain may call those above it, by their front doors, and none below. */
const buildOrder = [
  'clock',
  'catalog',
  'customers',
  'activity',
  'people',
  'agreements',
  'numbers',
  'accounts',
  'pbx',
  'devices',
  'usage',
  'payments',
  'billing',
  'bulk',
  'search',
]

/** What every domain stands on. They call each other and the runtime, never a domain. */
const platform = ['events', 'audit', 'auth', 'mail']

/** On top of all domains; nobody calls back into them. */
const top = ['signup', 'provisioning', 'api', 'trpc', 'http', 'worker']

/** The public surface of a folder; everything else in it is its own affair. */
const frontDoor = String.raw`/(schema|errors|events|service)(\.ts|\.[a-z-]+\.ts)$`

const anyOf = (names) => `(${names.join('|')})`
const tests = String.raw`\.(test|model|wrong)[a-z.-]*\.tsx?$|/testing(\.ts$|/)`
const domains = anyOf([...buildOrder, 'signup', 'provisioning'])
const typesOnly = ['type-only']

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

/** One rule a domain: it may not know those that are built after it. */
const order = buildOrder.map((domain, index) =>
  forbid(
    `order-${domain}`,
    `${domain} is built before these and can't call them: publish an event instead.`,
    { path: `^server/${domain}/`, pathNot: tests },
    {
      path: `^server/${anyOf([...buildOrder.slice(index + 1), 'signup', 'provisioning', 'api'])}/`,
    },
  ),
)

module.exports = {
  forbidden: [
    // 1 · The build order -------------------------------------------------------------------------
    ...order,
    forbid(
      'order-platform',
      'Events, audit, auth and mail serve every domain and know none.',
      { path: `^server/${anyOf(platform)}/`, pathNot: tests },
      { path: `^server/${domains}/` },
    ),
    forbid(
      'order-runtime',
      'The runtime is below everything but the kernel; it may name the types it carries.',
      { path: '^server/runtime/', pathNot: tests },
      {
        path: '^server/',
        pathNot: '^server/(runtime|kernel)/',
        dependencyTypesNot: typesOnly,
      },
    ),
    forbid(
      'order-signup-top',
      'Signup is on top: only what serves or runs it may call it.',
      {
        path: '^(server|db)/',
        pathNot: [tests, `^server/${anyOf(['signup', ...top])}/`, '^server/main.ts$', '^db/seed'],
      },
      { path: '^server/signup/', dependencyTypesNot: typesOnly },
    ),
    forbid(
      'order-provisioning-hears-events',
      'Provisioning learns of changes by events alone, so no change can forget it.',
      { path: '^server/provisioning/', pathNot: tests },
      {
        path: `^server/${anyOf([...buildOrder, 'signup'])}/`,
        pathNot: String.raw`/(events|schema)(\.ts|\.[a-z-]+\.ts)$`,
      },
    ),
    forbid(
      'order-edges-top',
      'Routes, workers and protocols call the domains, never the other way round.',
      {
        path: '^server/',
        pathNot: [
          tests,
          '^server/(api|trpc|http|worker)/',
          '^server/main.ts$',
          String.raw`/router(\.ts|\.[a-z-]+\.ts)$`,
        ],
      },
      { path: '^server/(api|trpc|http|worker)/' },
    ),
    forbid(
      'order-main-alone',
      'The process begins in main.ts; who imports it starts a second one.',
      { path: '.', pathNot: '^(e2e|bench|scripts)/' },
      { path: '^server/main.ts$' },
    ),
    forbid(
      'order-server-without-pages',
      'The server knows nothing of the pages.',
      { path: '^(server|db)/', pathNot: tests },
      { path: '^(app|components)/' },
    ),

    // 2 · Front doors -----------------------------------------------------------------------------
    forbid(
      'friends-by-the-front-door',
      'Another folder of the server is called by its schema, errors, events or service.',
      { path: '^server/([^/]+)/', pathNot: tests },
      {
        path: `^server/${anyOf([...buildOrder, ...platform, 'signup', 'provisioning'])}/`,
        // Rights are a table that every door reads, gateways a plug that others fill, tax and
        // the day of the next charge rules that quotes follow as invoices do; routers and tasks have rules of their own.
        pathNot: [
          '^server/$1/',
          frontDoor,
          '^server/auth/rights.ts$',
          '^server/payments/gateway.ts$',
          '^server/billing/(tax|next-charge).ts$',
          String.raw`/(router|tasks)(\.ts|\.[a-z-]+\.ts)$`,
        ],
      },
    ),
    forbid(
      'routers-by-the-root',
      'A router is mounted by server/trpc, nobody else.',
      { path: '^(server|db)/', pathNot: [tests, '^server/trpc/'] },
      { path: String.raw`^server/[^/]+/router(\.ts|\.[a-z-]+\.ts)$` },
    ),
    forbid(
      'tasks-by-the-worker',
      'Tasks are run by the worker, nobody else.',
      { path: '^(server|db)/', pathNot: [tests, '^server/worker/', String.raw`^server/main\.ts$`] },
      { path: String.raw`^server/[^/]+/tasks\.ts$` },
    ),

    // 3 · Kinds of files --------------------------------------------------------------------------
    forbid(
      'kernel-pure',
      'The kernel runs in browsers too and imports nothing of ours.',
      { path: '^server/kernel/', pathNot: tests },
      {
        path: '.',
        pathNot: ['^server/kernel/', 'node_modules/(libphonenumber-js|temporal-polyfill)/'],
      },
    ),
    forbid(
      'schema-ships-to-browsers',
      'A schema imports zod, the kernel and other schemas; types leave nothing in a bundle.',
      {
        path: String.raw`^server/[^/]+/schema(\.ts|\.[a-z-]+\.ts)$`,
        pathNot: String.raw`\.test\.ts$`,
      },
      {
        path: '.',
        pathNot: [
          '^server/kernel/',
          String.raw`^server/[^/]+/schema(\.ts|\.[a-z-]+\.ts)$`,
          'node_modules/zod/',
        ],
        dependencyTypesNot: typesOnly,
      },
    ),
    forbid(
      'errors-plain',
      'A refusal is made of the kernel and the words of a schema.',
      { path: String.raw`^server/[^/]+/errors\.ts$` },
      { path: '.', pathNot: ['^server/kernel/', String.raw`/schema(\.ts|\.[a-z-]+\.ts)$`] },
    ),
    forbid(
      'events-plain',
      'An event is made of the kernel and the words of a schema.',
      { path: `^server/${domains}/events\\.ts$` },
      {
        path: '.',
        pathNot: [
          '^server/(kernel|events)/',
          String.raw`/schema(\.ts|\.[a-z-]+\.ts)$`,
          'node_modules/zod/',
        ],
      },
    ),
    forbid(
      'rules-pure',
      'A rule decides without ctx and SQL. What reaches outside is a service, repo, gateway, saga or task.',
      {
        path: `^server/${domains}/[^/]+\\.ts$`,
        pathNot: [
          tests,
          frontDoor,
          String.raw`/(repo|router|tasks|gateway|simulator|saga)[a-z.-]*\.ts$`,
        ],
      },
      {
        path: [
          '^db/',
          '^server/runtime/',
          String.raw`^server/[^/]+/(repo|service|router|tasks)(\.ts|\.[a-z-]+\.ts)$`,
        ],
      },
    ),
    forbid(
      'routers-thin',
      'A router is a table of contents: own service, schemas, trpc/init.',
      { path: String.raw`^server/[^/]+/router(\.ts|\.[a-z-]+\.ts)$` },
      {
        path: '^(server|db)/',
        pathNot: [
          '^server/kernel/',
          '^server/trpc/init.ts$',
          String.raw`/schema(\.ts|\.[a-z-]+\.ts)$`,
          String.raw`^server/[^/]+/service(\.ts|\.[a-z-]+\.ts)$`,
        ],
      },
    ),
    forbid(
      'routers-own-service',
      "A router calls its own domain's service.",
      { path: String.raw`^server/([^/]+)/router(\.ts|\.[a-z-]+\.ts)$` },
      { path: String.raw`/service(\.ts|\.[a-z-]+\.ts)$`, pathNot: '^server/$1/' },
    ),
    forbid(
      'repos-never-decide',
      'A repo speaks SQL for its own tables and calls nobody.',
      { path: String.raw`^server/[^/]+/repo(\.ts|\.[a-z-]+\.ts)$` },
      {
        path: String.raw`^server/[^/]+/(repo|service|router|tasks|errors|events)(\.ts|\.[a-z-]+\.ts)$`,
        pathNot: '^server/events/',
      },
    ),

    // 4 · The database ----------------------------------------------------------------------------
    forbid(
      'sql-in-repos',
      'SQL is written in repos; services and routes ask them.',
      {
        path: '^(server|app|components|i18n)/',
        pathNot: [tests, String.raw`/repo(\.ts|\.[a-z-]+\.ts)$`, '^server/runtime/'],
      },
      { path: 'node_modules/(drizzle-orm|pg|postgres)/' },
    ),
    forbid(
      'one-driver',
      'The postgres package can end the process when a backend dies: for one-shot tools only.',
      { path: '^(server|app|components)/', pathNot: tests },
      { path: 'node_modules/postgres/' },
    ),
    forbid(
      'tables-by-repos',
      'Tables are read and written by repos alone.',
      {
        path: '^server/',
        pathNot: [tests, String.raw`/repo(\.ts|\.[a-z-]+\.ts)$`, '^server/runtime/'],
      },
      { path: '^db/schema/' },
    ),
    forbid(
      'a-table-has-one-owner',
      'A repo knows the tables of its own domain, and whose environment it is (search reads all).',
      {
        path: String.raw`^server/([^/]+)/repo(\.ts|\.[a-z-]+\.ts)$`,
        pathNot: '^server/search/',
      },
      {
        path: '^db/schema/',
        pathNot: ['^db/schema/($1|environments).ts$', '^db/schema/$1-[a-z-]+.ts$'],
      },
    ),
    forbid(
      'db-below-the-server',
      'The database layer knows the kernel and the types of columns; seeds alone call services.',
      { path: '^db/', pathNot: [tests, '^db/seed'] },
      { path: '^server/', pathNot: '^server/kernel/', dependencyTypesNot: typesOnly },
    ),

    // 5 · Pages -----------------------------------------------------------------------------------
    forbid(
      'pages-without-server',
      'Pages take types, schemas and the kernel from the server; the rest goes over tRPC.',
      { path: '^(app|components|i18n)/', pathNot: tests },
      {
        path: '^(server|db)/',
        pathNot: ['^server/kernel/', String.raw`^server/[^/]+/schema(\.ts|\.[a-z-]+\.ts)$`],
        dependencyTypesNot: typesOnly,
      },
    ),
    forbid(
      'features-apart',
      'Features share by components/ui, form, layout, theme, trpc, payment (the card fields), blocks (dialogs of every list of lines) and activity (entries of every history), not with each other.',
      {
        path: '^components/([^/]+)/',
        pathNot: [tests, '^components/(ui|form|layout|theme|trpc|payment|blocks|activity)/'],
      },
      {
        path: '^components/[^/]+/',
        pathNot: [
          '^components/$1/',
          '^components/(ui|form|layout|theme|trpc|payment|blocks|activity)/',
        ],
      },
    ),
    forbid(
      'shared-below-features',
      'What all features stand on knows none of them.',
      { path: '^components/(ui|form|theme|trpc)/', pathNot: tests },
      { path: '^components/[^/]+/', pathNot: '^components/(ui|form|layout|theme|trpc)/' },
    ),
    forbid(
      'components-below-pages',
      'Components are used by pages.',
      { path: '^components/' },
      { path: '^app/' },
    ),

    // 6 · Everywhere ------------------------------------------------------------------------------
    forbid(
      'tests-stay-out',
      'What is for tests never ships.',
      { path: '^(app|components|i18n|server|db)/', pathNot: tests },
      { path: tests },
    ),
    forbid(
      'no-cycles',
      'A change in one of these reaches all of them.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: typesOnly } },
    ),
    forbid(
      'everything-resolves',
      'An import nothing was found for is one no rule has looked at.',
      {},
      { couldNotResolve: true },
    ),
  ],

  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`^(\.next|\.portico|node_modules/\.cache)/|\.css$` },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // `#server/…` is resolved from package.json, as Node does.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
