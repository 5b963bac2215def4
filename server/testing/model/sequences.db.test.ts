import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import { agree, sell } from '#server/testing/company.ts'
import { testDatabase } from '#server/testing/database.ts'
import { type Act, aSequence, type Product } from '#server/testing/model/acts.ts'
import { deedOf } from '#server/testing/model/deeds.ts'
import { foresee } from '#server/testing/model/foreseen.ts'
import { emptyModel, sceneOfModel, standingOfModel } from '#server/testing/model/model.ts'
import { openSlice, type Slice } from '#server/testing/model/slice.ts'
import { newWorld, perform, sceneOf, standingOf, type World } from '#server/testing/model/world.ts'

const isDeep = Boolean(process.env.PORTICO_DEEP)
const lanes = 8
const sequences = isDeep ? 2_400 : 24
const pairs = isDeep ? 400 : 8

const it = testDatabase({ max: 24 })
const names: World['names'] = {
  line: 'Line of the model',
  checked: 'Line that is looked at first',
  recording: 'Recording of the model',
}
let products: World['products']
let slice: Slice

beforeAll(async () => {
  products = {
    line: await sell(it, { name: names.line, periodicFee: '6' }),
    checked: await sell(it, { name: names.checked, periodicFee: '0', newAccounts: 'inactive' }),
    recording: await sell(it, { name: names.recording, periodicFee: '4', role: 'addon' }),
  }
  slice = await openSlice(it)
})
afterAll(() => slice?.close())

/** What a company begins with: some of each, or no limit. */
const start: Readonly<Record<Product, number | null>> = { line: 3, checked: 1, recording: 2 }

async function begin(): Promise<World> {
  const world = await newWorld(it, products, names)
  for (const [product, quantity] of Object.entries(start)) {
    await agree(it, world.who, products[product as Product], quantity)
  }
  return world
}

const came = new Map<string, number>()
const note = (what: string) => came.set(what, (came.get(what) ?? 0) + 1)

/** Act by act: refused for one of the reasons foreseen, or done; and then it stands as foreseen. */
async function live(acts: readonly Act[]): Promise<void> {
  const world = await begin()
  const model = emptyModel(world.who.customer)
  for (const [product, quantity] of Object.entries(start)) {
    model.quantities.set(product as Product, quantity)
  }
  const told: string[] = []
  for (const act of acts) {
    const deed = deedOf(act, sceneOfModel(model))
    if (!deed) continue
    model.now += 1_000
    const { reasons, then } = foresee(model, deed)
    const outcome = await perform(world, deed)
    told.push(`${JSON.stringify(deed)} → ${JSON.stringify(outcome)}`)
    const story = told.join('\n')
    if (outcome.refused) {
      expect([...reasons], `refused, and wasn't to be:\n${story}`).toContain(outcome.refused)
      note(outcome.refused)
      continue
    }
    expect([...reasons], `done, and was to be refused:\n${story}`).toEqual([])
    then(outcome)
    note(deed.act)
  }
  const story = told.join('\n')
  expect(await standingOf(world), story).toEqual(standingOfModel(model))
  expect(await slice.broken(world.who.customer), story).toEqual([])
}

/** Two who act on one company at once: whatever comes of it, no promise is broken. */
async function liveTogether(one: readonly Act[], other: readonly Act[]): Promise<void> {
  const world = await begin()
  const actAll = async (acts: readonly Act[]) => {
    for (const act of acts) {
      const deed = deedOf(act, await sceneOf(world))
      if (deed) await perform(world, deed)
    }
  }
  await Promise.all([actAll(one), actAll(other)])
  expect(await slice.broken(world.who.customer)).toEqual([])
}

const seed = isDeep ? Date.now() % 2 ** 31 : 1

/** So many runs of a property, eight at a time. */
const atOnce = <T>(property: fc.IAsyncProperty<T>, runs: number) =>
  Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      fc.assert(property, { seed: seed + lane, numRuns: runs / lanes, endOnFailure: !isDeep }),
    ),
  )

test(`${sequences} sequences of what a company and its provider may do come out as foreseen, and break no promise`, async () => {
  await atOnce(fc.asyncProperty(aSequence, live), sequences)
  if (isDeep) console.log(Object.fromEntries([...came].sort()))
}, 3_600_000)

test(`${pairs} companies whom two act upon at once keep every promise`, async () => {
  await atOnce(fc.asyncProperty(aSequence, aSequence, liveTogether), pairs)
}, 3_600_000)

test('and all of them together, checked as a whole', async () => {
  expect(await verify((text) => it.sql(text))).toEqual([])
}, 600_000)
