import type { Visibility } from '#db/client.ts'
import type { Role } from '#server/auth/schema.people.ts'
import type { AccountId, CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'

/** Who logs in. */
export type Realm = 'admin' | 'reseller' | 'customer' | 'account'

/** Who does it: a person of a realm, a prospect, the system itself, or nobody known. */
export type Actor = Readonly<{
  realm: Realm | 'signup' | 'system' | 'anonymous'
  /** As audit rows and events name them. */
  name: string
  user?: UserId
  customer?: CustomerId
  /** Of a customer's person: which of the realm's rights are theirs. */
  role?: Role
  account?: AccountId
  /** Hash of the draft's token, for a prospect. */
  draft?: string
  ip: string
  userAgent?: string
}>

export const anonymous = (ip: string, userAgent?: string): Actor => ({
  realm: 'anonymous',
  name: 'anonymous',
  ip,
  userAgent,
})

export const system = (name: string): Actor => ({ realm: 'system', name, ip: 'internal' })

const scopes = {
  admin: 'all',
  system: 'all',
  reseller: 'reseller',
  customer: 'customer',
  account: 'account',
  signup: 'signup',
  anonymous: 'none',
} as const satisfies Record<Actor['realm'], Visibility['scope']>

/** The lower wall: what row-level security lets this actor's transactions see. */
export const visibilityOf = (actor: Actor, env: EnvId): Visibility => ({
  env,
  scope: scopes[actor.realm],
  user: actor.user,
  customer: actor.customer,
  account: actor.account,
  door: actor.draft,
})
