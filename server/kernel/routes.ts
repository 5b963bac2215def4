/** Steps of the signup wizard, each a page of its own, in this order. */
export const signupSteps = ['plan', 'address', 'phone', 'payment', 'summary', 'done'] as const

export type SignupStep = (typeof signupSteps)[number]

/**
 * The address of every page. Links are made here and nowhere else, so that moving a page is one
 * change and a link to a page that is not there does not compile.
 */
export const paths = {
  /** The site's main page, where the plan is chosen, or a later step. */
  signup: (site: string, step: SignupStep = 'plan') =>
    `/signup/${encodeURIComponent(site)}${step === 'plan' ? '' : `/${step}`}`,

  login: () => '/login',
  /** A mailed one-time link: signs in when its button is pressed. What stands after the hash reaches no log. */
  enter: (door: string) => `/enter#door=${encodeURIComponent(door)}`,
  /** Asked for before anything else on first login. */
  firstPassword: () => '/welcome/password',

  /** Self-care, of customers and of account users. */
  home: () => '/',
  addOns: () => '/add-ons',
  extensions: () => '/extensions',
  newExtension: () => '/extensions/new',
  uploadExtensions: () => '/extensions/upload',
  upload: (batch: string) => `/extensions/upload/${batch}`,
  autoAttendants: () => '/auto-attendants',
  newAutoAttendant: () => '/auto-attendants/new',
  autoAttendant: (account: number | string) => `/auto-attendants/${account}`,
  huntGroups: () => '/hunt-groups',
  huntGroup: (group: number | string) => `/hunt-groups/${group}`,
  numbers: () => '/numbers',
  blocks: () => '/blocks',
  simCards: () => '/sim-cards',
  usage: () => '/usage',
  activity: () => '/activity',
  /** The next invoice, and around it what was invoiced, paid and saved. */
  billing: () => '/billing',
  invoices: () => '/billing/invoices',
  invoice: (invoice: number | string) => `/billing/invoices/${invoice}`,
  statement: () => '/billing/payments',
  card: () => '/billing/card',
  subscriptions: () => '/billing/subscriptions',
  blockedDays: () => '/billing/blocked-days',
  company: () => '/settings/company',
  people: () => '/settings/people',
  notifications: () => '/settings/notifications',
  password: () => '/settings/password',
  sessions: () => '/settings/sessions',

  admin: () => '/admin',
  customers: () => '/admin/customers',
  customer: (customer: number | string) => `/admin/customers/${customer}`,
  customerAccounts: (customer: number | string) => `/admin/customers/${customer}/accounts`,
  finances: (customer: number | string) => `/admin/customers/${customer}/finances`,
  agreement: (customer: number | string) => `/admin/customers/${customer}/finances/agreement`,
  agreementAddons: (customer: number | string) =>
    `/admin/customers/${customer}/finances/agreement/add-ons`,
  agreementHistory: (customer: number | string) =>
    `/admin/customers/${customer}/finances/agreement/history`,
  customerSubscriptions: (customer: number | string) =>
    `/admin/customers/${customer}/finances/subscriptions`,
  customerUpcoming: (customer: number | string) => `/admin/customers/${customer}/finances/upcoming`,
  /** All of them, or one. */
  customerInvoices: (customer: number | string, invoice?: number) =>
    `/admin/customers/${customer}/finances/invoices${invoice ? `/${invoice}` : ''}`,
  customerLedger: (customer: number | string) => `/admin/customers/${customer}/finances/ledger`,
  customerPayments: (customer: number | string) => `/admin/customers/${customer}/finances/payments`,
  customerBilling: (customer: number | string) => `/admin/customers/${customer}/finances/settings`,
  customerActivity: (customer: number | string) => `/admin/customers/${customer}/activity`,
  approvals: () => '/admin/approvals',
  billingRuns: () => '/admin/billing',
  products: () => '/admin/products',
  newProduct: () => '/admin/products/new',
  product: (product: number | string) => `/admin/products/${product}`,
  /** Subscriptions that customers hold directly. */
  soldPackages: () => '/admin/subscriptions',
  newSoldPackage: () => '/admin/subscriptions/new',
  soldPackage: (subscription: number | string) => `/admin/subscriptions/${subscription}`,
  promos: () => '/admin/promo-codes',
  taxes: () => '/admin/taxes',
  customerClasses: () => '/admin/classes',
  customerClass: (customerClass: number | string) => `/admin/classes/${customerClass}`,
  newCustomerClass: () => '/admin/classes/new',
  /** Who issues the invoices. */
  issuer: () => '/admin/company',
  clock: () => '/admin/system/clock',
  usageImport: () => '/admin/usage',
} as const

/** Takes usage records as a file. */
export const usageFile = () => '/usage.csv'

/** What `activity` and a customer's activity show, as a file. */
export const activityFile = () => '/activity.csv'

/** Files of lists of extensions, to and from; these are no pages. */
export const files = {
  upload: () => '/bulk',
  template: () => '/bulk/template.csv',
  export: () => '/bulk/export.csv',
  faults: (batch: string) => `/bulk/${batch}/faults.csv`,
  progress: (batch: string) => `/bulk/${batch}/progress`,
} as const

/** An invoice of nobody, to see how real ones look. */
export const sampleInvoice = () => '/admin/company/sample-invoice.pdf'

/** Invoices as files: one as a PDF, those of a state in an archive. */
export const invoiceFiles = {
  one: (invoice: number) => `/files/invoices/${invoice}.pdf`,
  all: (state: string) => `/files/invoices.zip?state=${state}`,
} as const
