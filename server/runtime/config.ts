import { resolve } from 'node:path'
import { z } from 'zod'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

const zEnvironment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  DATA_DIR: z.string().min(1).default('.portico'),
  PORTICO_SEED: z.enum(['demo', 'none']).optional(),
  PORTICO_DEMO_PUBLIC: z.enum(['0', '1']).default('0'),
  PORTICO_ROLE: z
    .literal('all', 'this version runs as one process: leave it out, or say “all”')
    .default('all'),
  PORTICO_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  PUBLIC_URL: z.url().optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//)
    .optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_(test|live)_\w+$/, 'must start with sk_test_ or sk_live_')
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w+$/, 'must start with pk_test_ or pk_live_')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+$/, 'must start with whsec_')
    .optional(),
  STRIPE_API_BASE: z
    .url()
    .refine((text) => new URL(text).origin === text, 'is an origin, like https://localhost:12111')
    .optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.string().default('production'),
})

/** Cards are taken by Stripe; `apiBase` is the origin of a stand-in for it. */
export type StripeConfig = Readonly<{
  secretKey: string
  publishableKey: string
  webhookSecret: string
  apiBase?: string
}>

export type Config = Readonly<{
  port: number
  host: string
  databaseUrl?: string
  dataDir: string
  seed: 'demo' | 'none'
  secret?: string
  publicUrl?: string
  smtpUrl?: string
  /** Without it the simulator takes the cards. */
  stripe?: StripeConfig
  logLevel: string
  development: boolean
}>

/**
 * The process's variables, read once and checked. Empty is the same as not set.
 *
 * @throws Error with a line for each variable that is wrong
 */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = zEnvironment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`These variables are not right:\n${lines.join('\n')}`)
  }

  const v = parsed.data
  const seed = v.PORTICO_SEED ?? (v.DATABASE_URL ? 'none' : 'demo')
  if (seed === 'demo' && !loopback.has(v.HOST) && v.PORTICO_DEMO_PUBLIC !== '1') {
    throw new Error(
      `Demo data has passwords that everybody knows, so it isn't served on ${v.HOST}. Set PORTICO_SEED=none, or PORTICO_DEMO_PUBLIC=1 if that is what you want.`,
    )
  }

  return {
    port: v.PORT,
    host: v.HOST,
    databaseUrl: v.DATABASE_URL,
    dataDir: resolve(v.DATA_DIR),
    seed,
    secret: v.PORTICO_SECRET,
    publicUrl: v.PUBLIC_URL,
    smtpUrl: v.SMTP_URL,
    stripe: stripeIn(v),
    logLevel: v.LOG_LEVEL,
    development: v.NODE_ENV === 'development',
  }
}

const stripeKeys = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const

/** All of it, or none: half would take cards and never hear what became of them. */
function stripeIn(v: z.infer<typeof zEnvironment>): StripeConfig | undefined {
  const missing = stripeKeys.filter((key) => v[key] === undefined)
  const apiBase = v.STRIPE_API_BASE
  if (missing.length === stripeKeys.length && !apiBase) return undefined
  if (missing.length > 0) {
    throw new Error(`Stripe is set up by half. Set ${missing.join(' and ')} as well, or none.`)
  }

  const [secretKey, publishableKey] = [v.STRIPE_SECRET_KEY!, v.STRIPE_PUBLISHABLE_KEY!]
  const isLive = (key: string) => key.includes('_live_')
  if (isLive(secretKey) !== isLive(publishableKey)) {
    throw new Error('One key of Stripe’s is for tests and the other is not.')
  }
  if (apiBase && isLive(secretKey)) {
    throw new Error('A live key of Stripe’s is not sent to a stand-in: unset STRIPE_API_BASE.')
  }
  return { secretKey, publishableKey, webhookSecret: v.STRIPE_WEBHOOK_SECRET!, apiBase }
}
