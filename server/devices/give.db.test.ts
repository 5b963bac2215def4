import { beforeAll, expect, test } from 'vitest'
import * as devices from '#server/devices/service.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
let johns: number
let tinas: number

const accountOf = async (accountId: string) => {
  const [row] = await it.sql<{ id: number }>('select id from accounts where account_id = $1', [
    accountId,
  ])
  return row!.id
}

beforeAll(async () => {
  johns = await accountOf('ph46170x4665')
  tinas = await accountOf('ph46171x101')
})

const give = (account: number, code: string) =>
  it.as(people.adam, (ctx) => devices.giveToMine(ctx, { account, code }))

test('a line is given another phone, which is told and written down', async () => {
  await give(johns, 'softphone')

  const [phone] = await it.as(people.adam, (ctx) => devices.ofMine(ctx, { accounts: [johns] }))
  expect(phone).toMatchObject({ account: johns, code: 'softphone', kind: 'softphone' })
  const told = await it.sql(
    "select actor from events where type = 'account.device_given' and entity_id = $1 order by id desc limit 1",
    [String(johns)],
  )
  expect(told).toEqual([{ actor: 'Adam Abbott' }])
  const kept = await it.sql(
    "select actor, outcome from audit_rows where action = 'account.give_device'",
  )
  expect(kept).toEqual([{ actor: 'Adam Abbott', outcome: 'done' }])
})

test('a phone there is no such model of is refused, and nothing changes', async () => {
  expect((await refused(give(johns, 'wall-phone'))).code).toBe('devices.model_not_found')
})

test('another customer’s line is not there, neither to give a phone nor to see it', async () => {
  expect((await refused(give(tinas, 'softphone'))).code).toBe('accounts.not_found')
  expect(
    await it.as(people.adam, (ctx) => devices.ofMine(ctx, { accounts: [johns, tinas] })),
  ).toHaveLength(1)
})

test('whoever uses a line takes the phone there is', async () => {
  const attempt = it.as(people.john(johns), (ctx) =>
    devices.giveToMine(ctx, { account: johns, code: 'softphone' }),
  )
  expect((await refused(attempt)).code).toBe('auth.not_allowed')
})
