import { expect, test } from 'vitest'
import * as audit from '#server/audit/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const abc = 46170 as CustomerId

const happened = (n: number) => ({
  type: 'test.happened',
  entity: 'gathering',
  entityId: 1,
  customer: abc,
  payload: { n },
})
const act = (n: number) => ({ action: `test.${n}`, entity: 'gathering', entityId: '1' })

const left = async () => ({
  events: await it.sql(`select seq, payload from events where entity = 'gathering' order by seq`),
  audit: await it.sql(`select action from audit_rows where entity = 'gathering' order by id`),
})

test('what a unit of work has to tell is written at its end, in order, with what it did', async () => {
  await it.as(it.edge().actor, async (ctx) => {
    await publish(ctx, happened(1))
    await audit.done(ctx, act(1))
    await publish(ctx, happened(2), happened(3))
    await audit.denied(ctx, act(2))
    expect(await left()).toEqual({ events: [], audit: [] })
  })
  expect(await left()).toEqual({
    events: [
      { seq: 1, payload: { n: 1 } },
      { seq: 2, payload: { n: 2 } },
      { seq: 3, payload: { n: 3 } },
    ],
    audit: [{ action: 'test.1' }, { action: 'test.2' }],
  })
})

test('a unit of work that fails tells nothing', async () => {
  const before = await left()
  const failing = it.as(it.edge().actor, async (ctx) => {
    await publish(ctx, happened(4))
    await audit.done(ctx, act(4))
    throw new Error('as asked')
  })
  await expect(failing).rejects.toThrow('as asked')
  expect(await left()).toEqual(before)
})
