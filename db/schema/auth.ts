import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { citext, env, instant } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'
import { customers } from '#db/schema/customers.ts'

/** Who can sign in, in any realm. A login is unique in its environment. */
export const users = pgTable(
  'users',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    realm: text('realm', { enum: ['admin', 'reseller', 'customer', 'account'] }).notNull(),
    login: citext('login').notNull(),
    /** What it is found by: the walls let no index be used with citext. */
    loginKey: text('login_key').notNull().generatedAlwaysAs(sql`lower(login::text)`),
    name: text('name').notNull(),
    email: citext('email'),
    passwordHash: text('password_hash').notNull(),
    /** Until the password is changed nothing else is reachable. */
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    passwordChangedAt: instant('password_changed_at'),
    customer: integer('i_customer'),
    account: integer('i_account'),
    status: text('status', { enum: ['active', 'disabled'] })
      .notNull()
      .default('active'),
    locale: text('locale'),
    /** What a customer's person may do; people of other realms may all that their realm may. */
    role: text('role', { enum: ['administrator', 'billing', 'read_only'] })
      .notNull()
      .default('administrator'),
    /** When they were asked to join; they have once they have a password of their own. */
    invitedAt: instant('invited_at'),
    /** When access last ended: sessions and tokens from before stand no more. */
    endedAt: instant('ended_at'),
    /** Kinds of mails not wanted: `noticeKinds` of server/mail. */
    mailsOff: text('mails_off').array().notNull().default([]),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastLoginAt: instant('last_login_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.id] }),
    unique('users_login').on(t.env, t.login),
    index('users_login_key').on(t.env, t.loginKey),
    index('users_customer').on(t.env, t.customer),
    // The users of accounts that end.
    index('users_account').on(t.env, t.account).where(sql`i_account is not null`),
    foreignKey({ columns: [t.env, t.customer], foreignColumns: [customers.env, customers.id] }),
    foreignKey({
      name: 'users_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    check(
      'users_realm_owner',
      sql`case realm when 'admin' then i_customer is null when 'account' then i_account is not null and i_customer is not null else i_customer is not null and i_account is null end`,
    ),
    check(
      'users_role',
      sql`role in ('administrator', 'billing', 'read_only') and (role = 'administrator' or realm = 'customer')`,
    ),
    check(
      'users_mails_off',
      sql`mails_off <@ array['bulk_applied', 'line_decided', 'line_blocked', 'agreement_changed',
        'invoice_issued', 'invoice_paid', 'card_expiring', 'balance_warning']`,
    ),
  ],
)

/** A signed-in browser. Only the hash of its token is kept; ending one takes effect at once. */
export const sessions = pgTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    user: integer('i_user').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (t) => [
    index('sessions_user').on(t.env, t.user),
    index('sessions_expiry').on(t.expiresAt),
    foreignKey({ columns: [t.env, t.user], foreignColumns: [users.env, users.id] }),
  ],
)

/** Failed sign-ins by login and by address; the key is a hash, so no address book builds up. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    env: env(),
    key: text('key').notNull(),
    failures: integer('failures').notNull(),
    blockedUntil: instant('blocked_until'),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.env, t.key] })],
)

/** Links and doors that open once: mailed resume links, "Open self-care", config files. */
export const oneTimeTokens = pgTable(
  'one_time_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    env: env(),
    purpose: text('purpose', { enum: ['sign_in', 'resume', 'config_file'] }).notNull(),
    subject: jsonb('subject').$type<Record<string, string | number>>().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('one_time_tokens_expiry').on(t.expiresAt)],
)

/** Bearer tokens of programs; shown once, stored hashed. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    env: env(),
    user: integer('i_user').notNull(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('api_tokens_user').on(t.env, t.user),
    foreignKey({ columns: [t.env, t.user], foreignColumns: [users.env, users.id] }),
  ],
)
