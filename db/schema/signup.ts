import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { citext, env, instant, money } from '#db/columns.ts'
import { products, subscriptions } from '#db/schema/catalog.ts'
import { customerClasses, customers } from '#db/schema/customers.ts'
import { deviceModels } from '#db/schema/devices.ts'
import { payments } from '#db/schema/payments.ts'
import type { DraftData, OrderResult, Quote } from '#server/signup/schema.ts'

/** A page where prospects sign up: brand, plans, number pool, devices. */
export const signupSites = pgTable(
  'signup_sites',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    /** Unique in the installation: it is the address. */
    slug: text('slug').notNull().unique(),
    /** The reseller it belongs to; null is the provider. */
    owner: integer('i_owner'),
    title: text('title').notNull(),
    tagline: jsonb('tagline').$type<Record<string, string>>().notNull(),
    accent: text('accent').notNull(),
    logo: text('logo'),
    locales: text('locales').array().notNull(),
    termsUrl: text('terms_url').notNull(),
    privacyUrl: text('privacy_url').notNull(),
    supportEmail: text('support_email').notNull(),
    supportPhone: text('support_phone').notNull(),
    customerClass: integer('i_customer_class').notNull(),
    numberPool: text('number_pool').notNull(),
    open: boolean('open').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    foreignKey({ columns: [t.env, t.owner], foreignColumns: [customers.env, customers.id] }),
    foreignKey({
      columns: [t.env, t.customerClass],
      foreignColumns: [customerClasses.env, customerClasses.id],
    }),
  ],
)

/** What a site sells, and what it makes of a prospect: a phone line, or a PBX customer. */
export const signupPlans = pgTable(
  'signup_plans',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    site: integer('i_site').notNull(),
    position: integer('position').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** By language: one sentence, and what is included. */
    headline: jsonb('headline').$type<Record<string, string>>().notNull(),
    features: jsonb('features').$type<Record<string, string[]>>().notNull(),
    kind: text('kind', { enum: ['line', 'pbx'] }).notNull(),
    /** Main product of the first account. */
    product: integer('i_product').notNull(),
    /** Held by the customer directly, where the price is for the package. */
    subscription: integer('i_subscription'),
    firstExtension: text('first_extension'),
    offered: boolean('offered').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('signup_plans_code').on(t.env, t.site, t.code),
    foreignKey({ columns: [t.env, t.site], foreignColumns: [signupSites.env, signupSites.id] }),
    foreignKey({ columns: [t.env, t.product], foreignColumns: [products.env, products.id] }),
    foreignKey({
      columns: [t.env, t.subscription],
      foreignColumns: [subscriptions.env, subscriptions.id],
    }),
    check('signup_plans_extension', sql`(kind = 'pbx') = (first_extension is not null)`),
  ],
)

/** The agreement a plan's customer starts with. */
export const signupPlanItems = pgTable(
  'signup_plan_items',
  {
    env: env(),
    plan: integer('i_plan').notNull(),
    product: integer('i_product').notNull(),
    quantity: integer('quantity'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.plan, t.product] }),
    foreignKey({ columns: [t.env, t.plan], foreignColumns: [signupPlans.env, signupPlans.id] }),
    foreignKey({ columns: [t.env, t.product], foreignColumns: [products.env, products.id] }),
  ],
)

export const signupSiteDevices = pgTable(
  'signup_site_devices',
  {
    env: env(),
    site: integer('i_site').notNull(),
    deviceModel: integer('i_device_model').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.site, t.deviceModel] }),
    foreignKey({ columns: [t.env, t.site], foreignColumns: [signupSites.env, signupSites.id] }),
    foreignKey({
      columns: [t.env, t.deviceModel],
      foreignColumns: [deviceModels.env, deviceModels.id],
    }),
  ],
)

export const promoCodes = pgTable(
  'promo_codes',
  {
    env: env(),
    site: integer('i_site').notNull(),
    code: citext('code').notNull(),
    /** Percent off, or an amount in the site's currency. */
    percent: numeric('percent', { precision: 5, scale: 2 }),
    amount: money('amount'),
    appliesTo: text('applies_to', { enum: ['activation', 'periodic'] }).notNull(),
    /** Of so many periods from the first on; null: of all. */
    periods: smallint('periods'),
    validUntil: instant('valid_until'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.site, t.code] }),
    foreignKey({ columns: [t.env, t.site], foreignColumns: [signupSites.env, signupSites.id] }),
    check('promo_codes_percent', sql`percent > 0 and percent <= 100`),
    check('promo_codes_one_way', sql`num_nulls(percent, amount) = 1`),
  ],
)

/** A signup in progress, on the server. No secret and no card datum is ever in it. */
export const signupDrafts = pgTable(
  'signup_drafts',
  {
    env: env(),
    id: uuid('id').notNull(),
    site: integer('i_site').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    /** Moves with every change: a second tab that is behind is told. */
    version: integer('version').notNull().default(1),
    data: jsonb('data').$type<DraftData>().notNull(),
    ip: text('ip').notNull(),
    declines: integer('declines').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    resumeMailedAt: instant('resume_mailed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    index('signup_drafts_expiry').on(t.expiresAt),
    foreignKey({ columns: [t.env, t.site], foreignColumns: [signupSites.env, signupSites.id] }),
  ],
)

/** The saga of one checkout: every step is written here before it is taken. */
export const signupOrders = pgTable(
  'signup_orders',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    draft: uuid('i_draft').notNull(),
    /** From the browser, one a press of the button: the same key is the same order. */
    key: text('key').notNull(),
    state: text('state', {
      enum: [
        'submitted',
        'action_required',
        'authorized',
        'provisioned',
        'captured',
        'completed',
        'voiding',
        'failed',
      ],
    }).notNull(),
    /** Moves with every step; a worker that is behind writes nothing. */
    fence: integer('fence').notNull().default(0),
    quote: jsonb('quote').$type<Quote>().notNull(),
    /** What was agreed to, as it was when the button was pressed. */
    submitted: jsonb('submitted').$type<DraftData>().notNull(),
    holdId: uuid('hold_id').notNull(),
    payment: integer('i_payment').notNull(),
    cardToken: text('card_token').notNull(),
    challengeUrl: text('challenge_url'),
    failureCode: text('failure_code'),
    /** What was made; secrets are not in it. */
    result: jsonb('result').$type<OrderResult>(),
    /** First passwords, encrypted, until they have been shown once. */
    credentialsSealed: text('credentials_sealed'),
    customer: integer('i_customer'),
    tries: integer('tries').notNull().default(0),
    nextTryAt: instant('next_try_at'),
    /** Set when only a person can decide. */
    operatorNeededAt: instant('operator_needed_at'),
    ip: text('ip').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('signup_orders_key').on(t.env, t.draft, t.key),
    // One order of a draft can be under way or done; declined ones may be many.
    uniqueIndex('signup_orders_one_live').on(t.env, t.draft).where(sql`state <> 'failed'`),
    uniqueIndex('signup_orders_one_customer').on(t.env, t.customer),
    // How often a promo code was used.
    index('signup_orders_promo')
      .on(t.env, sql`(submitted->>'promo')`)
      .where(sql`i_customer is not null`),
    // What recovery looks for.
    index('signup_orders_due').on(t.nextTryAt).where(sql`state not in ('completed', 'failed')`),
    foreignKey({ columns: [t.env, t.draft], foreignColumns: [signupDrafts.env, signupDrafts.id] }),
    foreignKey({ columns: [t.env, t.payment], foreignColumns: [payments.env, payments.id] }),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    check(
      'signup_orders_customer',
      sql`(state in ('provisioned', 'captured', 'completed')) = (i_customer is not null)`,
    ),
  ],
)

/** How often something happened in a window: per address, e-mail, card, site. Keys are hashes. */
export const signupCounters = pgTable(
  'signup_counters',
  {
    env: env(),
    key: text('key').notNull(),
    windowStart: instant('window_start').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.key, t.windowStart] }),
    index('signup_counters_age').on(t.windowStart),
  ],
)

/** Proofs of work already used, until they lapse. */
export const spentProofs = pgTable(
  'spent_proofs',
  { env: env(), proof: text('proof').notNull(), expiresAt: instant('expires_at').notNull() },
  (t) => [primaryKey({ columns: [t.env, t.proof] }), index('spent_proofs_expiry').on(t.expiresAt)],
)
