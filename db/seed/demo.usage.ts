import { sql } from 'drizzle-orm'
import {
  addDays,
  type CivilDate,
  dayIn,
  everyMonth,
  periodContaining,
  startOfDay,
} from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { type Money, money, portion } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { record } from '#server/usage/service.ts'

type Line = {
  account: AccountId
  customer: CustomerId
  timeZone: string
  anchor: CivilDate
  voice: number
  retail: boolean
}

/** Calls of everybody: whom, and what a minute costs. Those at home are included. */
const calls = [
  ['16045550142', '0'],
  ['14165550177', '0.02'],
  ['12125550133', '0.025'],
  ['442079460018', '0.045'],
  ['380445550119', '0.18'],
  ['61255500145', '0.06'],
] as const

/** The same for the same line each time, whoever loads it. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
}

/**
 * Three months of calls: of each retail line, and of John Doe at ABC. All of them in cycles before the
 * one that runs, which begins without a debt.
 */
export async function seedUsage(ctx: Ctx): Promise<void> {
  const { rows } = await ctx.db.execute<Line>(sql`
    select a.id as account, a.i_customer as customer, c.time_zone as "timeZone",
           c.billing_anchor::text as anchor, s.id as voice, a.kind = 'line' as retail
      from accounts a
      join customers c on c.i_env = a.i_env and c.id = a.i_customer
      join services s on s.i_env = a.i_env and s.code = 'voice'
     where a.i_env = ${ctx.env} and (a.kind = 'line' or a.account_id = 'ph46170x4665')
     order by a.id`)
  await record(
    ctx,
    rows.flatMap((line, n) => callsOf(ctx, line, n)),
  )
}

function callsOf(ctx: Ctx, line: Line, n: number) {
  const random = randomOf(line.account)
  const pick = (below: number) => Math.floor(random() * below)
  const today = dayIn(line.timeZone, ctx.now)
  const current = periodContaining(line.anchor, everyMonth, today)
  // Every sixth talks a lot, and abroad.
  const talks = line.retail && n % 6 === 0

  return [1, 2, 3].flatMap((back) => {
    const cycle = periodContaining(line.anchor, everyMonth, addDays(current.from, -28 * back))
    return Array.from({ length: talks ? 40 : 12 + pick(8) }, (_, i) => {
      const day = addDays(cycle.from, pick(28))
      const [destination, rate] = calls[talks ? 4 : pick(calls.length)]!
      const minutes = talks ? 20 + pick(25) : 1 + pick(12)
      const at = startOfDay(line.timeZone, day).getTime() + (8 + pick(13)) * 3_600_000
      return {
        id: `demo-${line.account}-${cycle.from}-${i}`,
        account: line.account,
        customer: line.customer,
        service: line.voice,
        startedAt: new Date(at + pick(3_600) * 1_000),
        day,
        periodFrom: cycle.from,
        quantity: minutes * 60 - pick(59),
        amount: priceOf(money(rate), minutes),
        currency: 'USD',
        destination,
      }
    })
  })
}

const priceOf = (rate: Money, minutes: number): Money => portion(rate, { num: minutes, den: 1 })
