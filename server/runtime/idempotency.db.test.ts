import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Actor } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { forgetOldAnswers, once } from '#server/runtime/idempotency.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })

afterEach(async () => {
  await it.sql('delete from hunt_groups where i_customer in (46171, 46175)')
  await it.sql('delete from idempotency_keys')
})

/** A piece of work with an effect that can be counted. */
const work = (ctx: Ctx) => async () => {
  const made = await ctx.db.execute<{ id: number }>(
    sql`insert into hunt_groups (i_env, i_customer, name)
        values (${ctx.env}, ${ctx.actor.customer}, ${`g${Math.random()}`}) returning id`,
  )
  return { made: made.rows[0]!.id, a: 'first', deep: { zz: 1, y: [1, null] } }
}
const ask = (key: string, request: unknown, actor: Actor = people.ten) =>
  it.as(actor, (ctx) => once(ctx, key, request, work(ctx)))
const effects = async () =>
  (await it.sql('select 1 from hunt_groups where i_customer in (46171, 46175)')).length

test('the same key and request get the first answer, to the byte, and have one effect', async () => {
  const first = JSON.stringify(await ask('k', { n: 1 }))
  expect(JSON.stringify(await ask('k', { n: 1 }))).toBe(first)
  expect(await effects()).toBe(1)
})

test('the same key with another request is refused', async () => {
  await ask('k', { n: 1 })
  const refusal = await refused(ask('k', { n: 2 }))
  expect(refusal).toMatchObject({ kind: 'invalid', code: 'idempotency.key_reused' })
  expect(await effects()).toBe(1)
})

test('of ten at once one has the effect, and all get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask('k', { n: 1 })))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await effects()).toBe(1)
})

test('what failed leaves no key behind, and can be asked again with it', async () => {
  const broken = it.as(people.ten, (ctx) =>
    once(ctx, 'k', { n: 1 }, async () => {
      await work(ctx)()
      throw new Error('no')
    }),
  )
  await expect(broken).rejects.toThrow('no')
  expect(await it.sql('select 1 from idempotency_keys')).toEqual([])
  expect(await effects()).toBe(0)
  await ask('k', { n: 1 })
  expect(await effects()).toBe(1)
})

test('of ten at once, the first of which fails, one has the effect', async () => {
  let runs = 0
  const { done, refusals } = await outcomes(
    Array.from({ length: 10 }, () =>
      it
        .as(people.ten, (ctx) =>
          once(ctx, 'k', { n: 1 }, async () => {
            if (++runs === 1) throw new Error('no')
            return work(ctx)()
          }),
        )
        .catch((error) => expect(error.message).toBe('no')),
    ),
  )
  expect({ done, refusals }).toEqual({ done: 10, refusals: [] })
  expect(await effects()).toBe(1)
  expect(runs).toBe(2)
})

test('a key is its caller’s own: somebody else’s same key is another', async () => {
  const ten = await ask('k', { n: 1 })
  const five = await ask('k', { n: 1 }, people.five)
  expect(five).not.toEqual(ten)
  expect(await effects()).toBe(2)
})

test('work without an answer is done once, too', async () => {
  let runs = 0
  const nothing = () =>
    it.as(people.ten, (ctx) =>
      once(ctx, 'k', {}, async () => {
        runs++
      }),
    )
  await nothing()
  await nothing()
  expect(runs).toBe(1)
})

test('keys are forgotten after 72 hours, however many there are, and none before', async () => {
  await it.sql(
    `insert into idempotency_keys (i_env, caller, key, request_hash, created_at)
     select 1, 'user:4', 'old ' || n, '', timestamptz '2026-11-18T11:59:59Z' - n * interval '1 second'
       from generate_series(0, 2499) n`,
  )
  await it.sql(
    `insert into idempotency_keys (i_env, caller, key, request_hash, created_at)
     values (1, 'user:4', 'of 72 hours ago', '', '2026-11-18T12:00:00Z'),
            (2, 'user:4', 'of another environment', '', '2026-01-01T00:00:00Z')`,
  )
  expect(await forgetOldAnswers(it.edge())).toBe(2_500)
  expect(await it.sql('select key from idempotency_keys order by i_env')).toEqual([
    { key: 'of 72 hours ago' },
    { key: 'of another environment' },
  ])
})
