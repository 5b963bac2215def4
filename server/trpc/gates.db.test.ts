import { TRPCError } from '@trpc/server'
import { describe, expect, test } from 'vitest'
import { type Right, rights } from '#server/auth/rights.ts'
import { Refusal } from '#server/kernel/errors.ts'
import { type Actor, anonymous, type Realm } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { type Access, type CallContext, callerFactory } from '#server/trpc/init.ts'
import { appRouter } from '#server/trpc/root.ts'

const it = testDatabase()

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => ({
  path,
  access: (procedure as unknown as { _def: { meta?: Access } })._def.meta,
}))
const guarded = procedures.flatMap(({ path, access }) =>
  access && 'right' in access ? [{ path, ...access }] : [],
)

const realms: Record<Realm, Actor> = {
  admin: people.admin,
  reseller: people.bamboo,
  customer: people.adam,
  account: people.john(100_001),
}

const context = (actor: Actor, signedIn?: CallContext['signedIn']): CallContext => ({
  edge: it.edge(actor),
  // Nothing outside is reached by somebody who is refused at the door.
  outside: {} as Outside,
  signedIn,
  cookies: { get: () => undefined, set: () => {} },
})
const as = (realm: Realm, mustChangePassword: boolean) =>
  context(realms[realm], { env: it.edge().env, actor: realms[realm], mustChangePassword })

/** The code of the refusal a call ends with; nothing is given to it, so the gate must come first. */
async function refusalOf(path: string, ctx: CallContext): Promise<string> {
  type Node = { [name: string]: Node } & ((input?: unknown) => Promise<unknown>)
  let node = callerFactory(appRouter)(ctx) as unknown as Node
  for (const name of path.split('.')) node = node[name]!
  try {
    await node(undefined)
    return 'answered'
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error
    return cause instanceof Refusal ? cause.code : String(error)
  }
}

describe('every procedure', () => {
  test('says who may call it', () => {
    expect(procedures.length).toBeGreaterThan(30)
    for (const { path, access } of procedures) {
      const said = access && ('open' in access ? 'open' : access.right)
      expect(said === 'open' || (said !== undefined && said in rights), path).toBe(true)
    }
  })

  test('is closed but for signing in, and for the signup of prospects', () => {
    const open = procedures.flatMap(({ path, access }) =>
      access && 'open' in access ? [path] : [],
    )
    expect(open.filter((path) => !path.startsWith('signup.')).sort()).toEqual([
      'auth.brand',
      'auth.enter',
      'auth.signIn',
    ])
  })

  test('is behind the first change of password, but for the way to it and out', () => {
    const before = guarded.filter((one) => one.beforePasswordChange).map((one) => one.path)
    expect(before.sort()).toEqual(['auth.firstPassword', 'auth.signOut', 'customers.me'])
  })
})

test.each(guarded)('$path asks who it is', async ({ path }) => {
  expect(await refusalOf(path, context(anonymous('10.0.0.1')))).toBe('auth.not_signed_in')
})

test.each(guarded.filter((one) => !one.beforePasswordChange))(
  '$path is not reached before the first password is changed, in any realm',
  async ({ path }) => {
    for (const realm of Object.keys(realms) as Realm[]) {
      expect(await refusalOf(path, as(realm, true)), realm).toBe('auth.password_change_required')
    }
  },
)

test.each(guarded)('$path refuses every realm that has no right to it', async ({ path, right }) => {
  const allowed: readonly string[] = rights[right as Right]
  for (const realm of Object.keys(realms) as Realm[]) {
    if (allowed.includes(realm)) continue
    expect(await refusalOf(path, as(realm, false)), realm).toBe('auth.not_allowed')
  }
})

describe('of a customer’s people', () => {
  const customers = guarded.filter(({ right }) =>
    (rights[right as Right] as readonly string[]).includes('customer'),
  )
  const withRole = (role: Actor['role']) => {
    const actor = { ...people.adam, role }
    return { ...context(actor, { env: it.edge().env, actor, mustChangePassword: false }) }
  }
  const may = {
    administrator: () => true,
    billing: (right: string) => right === 'self:write' || /:read$|^billing:/.test(right),
    read_only: (right: string) => right === 'self:write' || right.endsWith(':read'),
  } as const

  test.each(customers)('$path is for the roles that its right says', async ({ path, right }) => {
    for (const role of ['administrator', 'billing', 'read_only'] as const) {
      const refusal = await refusalOf(path, withRole(role))
      expect(refusal === 'auth.not_allowed', role).toBe(!may[role](right))
    }
    expect(await refusalOf(path, withRole(undefined)), 'no role').toBe('auth.not_allowed')
  })
})
