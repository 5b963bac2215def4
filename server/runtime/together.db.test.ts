import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sqlState } from '#db/client.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import { together } from '#server/runtime/together.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const as = <T>(work: (ctx: Ctx) => Promise<T>) => it.as(it.edge().actor, work)

const env = async ({ db }: Ctx) =>
  (await db.execute<{ env: number }>(sql`select app_env() as env`)).rows[0]!.env
const spoil = async ({ db }: Ctx) => db.execute(sql`select 1 / 0`)

test('work side by side answers in the order given', async () => {
  expect(await as((ctx) => together(env(ctx), 'as it is', env(ctx)))).toEqual([1, 'as it is', 1])
})

test('what failed is told, not what failed because of it', async () => {
  const chain = async (ctx: Ctx) => {
    await env(ctx)
    return env(ctx)
  }
  await expect(as((ctx) => together(chain(ctx), spoil(ctx)))).rejects.toSatisfy(
    (error) => sqlState(error) === '22012',
  )
})

test('nothing is under way once it has failed', async () => {
  let ended = false
  const slow = async (ctx: Ctx) => {
    await env(ctx)
    await env(ctx)
    ended = true
  }
  const refused = async () => {
    throw new Error('as asked')
  }
  await expect(as((ctx) => together(refused(), slow(ctx)))).rejects.toThrow('as asked')
  expect(ended).toBe(true)
})

test('a statement left to the end is written with the rest, or with the rest undone', async () => {
  const note = (proof: string, at: string) => ({
    name: `left_${at.length}`,
    text: `insert into spent_proofs (i_env, proof, expires_at) values (1, $1, $2::text::timestamptz)`,
    values: [proof, at],
  })
  const proofs = () => it.sql('select proof from spent_proofs order by proof')

  await as(async (ctx) => leave(ctx, note('a', '2026-11-21')))
  expect(await proofs()).toEqual([{ proof: 'a' }])

  const failing = as(async (ctx) => {
    leave(ctx, note('b', '2026-11-21'))
    leave(ctx, note('c', 'never'))
  })
  await expect(failing).rejects.toSatisfy((error) => sqlState(error) === '22007')
  expect(await proofs()).toEqual([{ proof: 'a' }])
})
