import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { blocks as blockPromises } from '#db/verify/blocks.ts'
import { lines as linePromises } from '#db/verify/lines.ts'
import { verify } from '#db/verify.ts'
import * as approvals from '#server/accounts/service.approvals.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as products from '#server/accounts/service.products.ts'
import type { ProductId } from '#server/kernel/ids.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes } from '#server/testing/refused.ts'

const promises = [...linePromises, ...blockPromises]
const it = testDatabase({ max: 24 })
const clients = 48
const rounds = 30
let ten: ProductId
let line: ProductId
let recording: ProductId
const own: string[] = []

/** Ten lines of one product, four of another, three recordings, and a handful of numbers: all scarce. */
beforeAll(async () => {
  ten = await productId(it, 'Cloud PBX up to 10 phone lines')
  line = await productId(it, 'Cloud PBX line')
  recording = await productId(it, 'Call recording')
  // These wait for an administrator; the others work at once.
  await it.sql("update products set new_accounts = 'inactive' where id = $1", [line])
  await it.sql(
    `insert into agreement_items (i_env, i_customer, i_product, quantity, used)
     values (1, 46171, $1, 4, 0), (1, 46171, $2, 3, 0)`,
    [line, recording],
  )
  const rows = await it.sql<{ number: string }>(
    'select number from numbers where i_customer = 46171 order by 1',
  )
  own.push(...rows.map((row) => row.number))
})

/** The same on every run: mulberry32. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

type Row = { id: number; status: string }

type Verb = (ctx: Ctx) => Promise<unknown>
type Act = Readonly<{ by: Actor; verb: Verb }>
const mine = (verb: Verb): Act => ({ by: people.ten, verb })
const admins = (verb: Verb): Act => ({ by: people.admin, verb })

const expected = new Set([
  'agreement.quantity_exceeded',
  'pbx.extension_taken',
  'pbx.extension_name_kept',
  'accounts.wrong_state',
  'accounts.blocked_by_admin',
  'accounts.already_blocked',
  'accounts.not_blocked',
  'accounts.waiting',
  'accounts.terminated',
  'accounts.restore_lapsed',
  'accounts.product_there',
  'accounts.addon_not_there',
  'accounts.restore_taken',
  'numbers.not_available',
])

test(`${rounds} rounds of ${clients} who add, change, approve, block, end and bring back at once break no promise`, async () => {
  const done = new Map<string, number>()
  const refusals = new Map<string, number>()

  for (let round = 1; round <= rounds; round++) {
    const random = randomFrom(round)
    const known = await it.sql<Row>(
      `select a.id, a.status from accounts a where a.i_customer = 46171
        order by (a.status <> 'terminated') desc, a.terminated_at desc, a.id limit 18`,
    )
    const oneOf = <T>(from: readonly T[]): T => from[random(from.length)]!
    const some = () => [
      ...new Set([oneOf(known).id, ...(random(4) === 0 ? [oneOf(known).id] : [])]),
    ]
    /** One or two that are so, while there are any. */
    const someOf = (status: string) => {
      const those = known.filter((row) => row.status === status)
      return those.length === 0 ? some() : [...new Set([oneOf(those).id, oneOf(those).id])]
    }
    const key = randomUUID
    const acts: Record<string, () => Act> = {
      add: () => {
        const extension = String(101 + random(20))
        const numbers = random(3) === 0 ? [oneOf(own)] : []
        const product = random(2) === 0 ? ten : line
        const input = { extension, name: '', product, numbers, published: false, key: key() }
        return mine((ctx) => pbx.addExtension(ctx, input))
      },
      change: () => {
        const input = { accounts: some(), product: random(2) === 0 ? ten : line, key: key() }
        return mine((ctx) => products.changeProductOfMine(ctx, input))
      },
      addon: () => {
        const input = { accounts: some(), product: recording, key: key() }
        return mine((ctx) => products.addAddonToMine(ctx, input))
      },
      noAddon: () => {
        const input = { accounts: some(), product: recording, key: key() }
        return mine((ctx) => products.removeAddonFromMine(ctx, input))
      },
      end: () => {
        const input = { accounts: some(), key: key() }
        return mine((ctx) => lines.removeExtensions(ctx, input))
      },
      restore: () => {
        const input = { accounts: some(), key: key() }
        return mine((ctx) => lines.restoreExtensions(ctx, input))
      },
      approve: () => {
        const accounts = someOf('inactive')
        return admins((ctx) => approvals.activate(ctx, { accounts }))
      },
      reject: () => {
        const input = { accounts: someOf('inactive'), reason: 'No address' }
        return admins((ctx) => approvals.reject(ctx, input))
      },
      block: () => {
        const input = { accounts: someOf('active'), reason: '', key: key() }
        if (random(3) > 0) return mine((ctx) => blocks.block(ctx, input))
        return admins((ctx) => blocks.blockFor(ctx, { ...input, customer: 46171 }))
      },
      unblock: () => {
        const input = { accounts: someOf('blocked'), key: key() }
        if (random(2) > 0) return mine((ctx) => blocks.unblock(ctx, input))
        return admins((ctx) => blocks.unblockFor(ctx, { ...input, customer: 46171 }))
      },
      edit: () => {
        const input = {
          account: oneOf(known).id,
          ...(random(2) === 0 && { extension: String(101 + random(20)) }),
          ...(random(2) === 0 && { numbers: [oneOf(own)] }),
        }
        return mine((ctx) => lines.editExtension(ctx, input))
      },
    }
    const names = Object.keys(acts)
    const chosen = Array.from({ length: clients }, () => {
      const name = oneOf(names)
      return { name, ...acts[name]!() }
    })
    const settled = await Promise.all(
      chosen.map(async ({ name, by, verb }) => {
        const outcome = await outcomes([it.as(by, verb)])
        if (outcome.done === 1) done.set(name, (done.get(name) ?? 0) + 1)
        return outcome.refusals
      }),
    )
    for (const { code } of settled.flat()) {
      expect(expected, code).toContain(code)
      refusals.set(code, (refusals.get(code) ?? 0) + 1)
    }
    for (const { find, sentence } of promises) {
      expect(await it.sql(find as string), `round ${round}: ${sentence}`).toEqual([])
    }
  }

  expect(await verify((text) => it.sql(text))).toEqual([])
  // Each kind of act came to something, and each scarce thing was refused.
  expect([...done.keys()].sort()).toEqual([
    'add',
    'addon',
    'approve',
    'block',
    'change',
    'edit',
    'end',
    'noAddon',
    'reject',
    'restore',
    'unblock',
  ])
  expect(refusals.get('agreement.quantity_exceeded')).toBeGreaterThan(0)
  expect(refusals.get('numbers.not_available')).toBeGreaterThan(0)
}, 120_000)
