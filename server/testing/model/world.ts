import { randomUUID } from 'node:crypto'
import * as approvals from '#server/accounts/service.approvals.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as numbers from '#server/accounts/service.numbers.ts'
import * as products from '#server/accounts/service.products.ts'
import * as items from '#server/agreements/service.items.ts'
import * as orders from '#server/bulk/service.orders.ts'
import * as bulk from '#server/bulk/service.ts'
import { work } from '#server/bulk/service.work.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { ProductId } from '#server/kernel/ids.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { storyClock } from '#server/runtime/clock.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { type CompanyActor, company } from '#server/testing/company.ts'
import { people, type TestDatabase } from '#server/testing/database.ts'
import { numberCount, type Product } from '#server/testing/model/acts.ts'
import type { Deed, LineSeen, Scene } from '#server/testing/model/deeds.ts'

/** A company of its own, with a clock of its own: sequences don't meet but in the database. */
export type World = Readonly<{
  it: TestDatabase
  who: CompanyActor
  products: Readonly<Record<Product, ProductId>>
  names: Readonly<Record<Product, string>>
  numbers: readonly string[]
  clock: ReturnType<typeof storyClock>
  edge(actor: Actor): Edge
}>

/** What came of a deed: the code it was refused with, and what it made. */
export type Outcome = Readonly<{
  refused?: string
  account?: number
  batch?: string
  order?: string
  state?: string
  made?: readonly Readonly<{ extension: string; account: number }>[]
}>

export async function newWorld(
  it: TestDatabase,
  products: World['products'],
  names: World['names'],
): Promise<World> {
  const who = await company(it, 'Model Ltd')
  const own = Array.from({ length: numberCount }, (_, i) => `1778${who.customer}${i}`)
  await it.sql(
    `insert into numbers (i_env, number, city, region, country, pool, pleasant, i_customer)
     select 1, n, 'Vancouver', 'BC', 'CA', 'default', 0, $1 from unnest($2::text[]) n`,
    [who.customer, own],
  )
  const clock = storyClock('2026-11-21T12:00:00Z')
  const edge = (actor: Actor) => ({ ...it.edge(actor), clock })
  return { it, who, products, names, numbers: own, clock, edge }
}

/** Does it for real. What is no refusal is no outcome: it fails the test. */
export async function perform(world: World, deed: Deed): Promise<Outcome> {
  world.clock.advance(1_000)
  try {
    return await doIt(world, deed)
  } catch (error) {
    if (error instanceof Refusal && error.kind !== 'unavailable') return { refused: error.code }
    throw error
  }
}

async function doIt(world: World, deed: Deed): Promise<Outcome> {
  const { who, products: sold, numbers: own, edge } = world
  const { customer } = who
  const key = randomUUID()
  const mine = <T>(verb: (ctx: Ctx) => Promise<T>) => unitOfWork(edge(who), verb)
  const admins = <T>(verb: (ctx: Ctx) => Promise<T>) => unitOfWork(edge(people.admin), verb)
  const some = 'accounts' in deed ? { accounts: [...deed.accounts], key } : { accounts: [], key }

  switch (deed.act) {
    case 'add': {
      const made = await mine((ctx) =>
        pbx.addExtension(ctx, {
          extension: deed.extension,
          name: '',
          product: sold[deed.product],
          numbers: deed.number === null ? [] : [own[deed.number]!],
          published: false,
          key,
        }),
      )
      return { account: made.account }
    }
    case 'bulk':
      return upload(world, deed)
    case 'undoBulk':
      await mine((ctx) => bulk.undo(ctx, { id: deed.batch }))
      return worked(world, deed.batch)
    case 'decide':
      await admins((ctx) =>
        deed.approve
          ? orders.approveOrder(ctx, { id: deed.order })
          : orders.rejectOrder(ctx, { id: deed.order, reason: 'Too many' }),
      )
      return worked(world, deed.order)
    case 'changeProduct':
      await mine((ctx) =>
        products.changeProductOfMine(ctx, { ...some, product: sold[deed.product] }),
      )
      return {}
    case 'addRecording':
      await mine((ctx) => products.addAddonToMine(ctx, { ...some, product: sold.recording }))
      return {}
    case 'removeRecording':
      await mine((ctx) => products.removeAddonFromMine(ctx, { ...some, product: sold.recording }))
      return {}
    case 'rename': {
      const { account, extension } = deed
      await mine((ctx) => lines.editExtension(ctx, { account, extension }))
      return {}
    }
    case 'moveNumber':
      await mine((ctx) => numbers.moveNumbers(ctx, { numbers: [own[deed.number]!], to: deed.to }))
      return {}
    case 'end':
      await mine((ctx) => lines.removeExtensions(ctx, some))
      return {}
    case 'restore':
      await mine((ctx) => lines.restoreExtensions(ctx, some))
      return {}
    case 'approve':
      await admins((ctx) => approvals.activate(ctx, { accounts: some.accounts }))
      return {}
    case 'reject':
      await admins((ctx) =>
        approvals.reject(ctx, { accounts: some.accounts, reason: 'No address' }),
      )
      return {}
    case 'block':
      await (deed.by === 'admin'
        ? admins((ctx) => blocks.blockFor(ctx, { customer, ...some, reason: '' }))
        : mine((ctx) => blocks.block(ctx, { ...some, reason: '' })))
      return {}
    case 'unblock':
      await (deed.by === 'admin'
        ? admins((ctx) => blocks.unblockFor(ctx, { customer, ...some }))
        : mine((ctx) => blocks.unblock(ctx, some)))
      return {}
    case 'agree': {
      const { quantity } = deed
      await admins((ctx) => items.setItem(ctx, { customer, product: sold[deed.product], quantity }))
      return {}
    }
    case 'withdraw':
      await admins((ctx) => items.removeItem(ctx, { customer, product: sold[deed.product] }))
      return {}
    case 'wait':
      world.clock.advance(11 * 60_000)
      return {}
  }
}

/** A file, its dry run, the button, and the work in the background. */
async function upload(
  world: World,
  { rows, mode }: Extract<Deed, { act: 'bulk' }>,
): Promise<Outcome> {
  const written = rows.map(
    ({ extension, product, number }) =>
      `${extension},${world.names[product]},${number === null ? '' : world.numbers[number]}\n`,
  )
  const file = Buffer.from(`Extension,Product,DID numbers\n${written.join('')}`)
  const table = await bulk.read(file)
  const mine = world.edge(world.who)
  const { id } = await unitOfWork(mine, (ctx) => bulk.keep(ctx, { fileName: 'a.csv', table }))
  const { order } = await unitOfWork(mine, (ctx) => bulk.apply(ctx, { id, mode }))
  return { ...(await worked(world, id)), ...(order && { order }) }
}

async function worked(world: World, id: string): Promise<Outcome> {
  await work(world.edge(system('bulk')), id)
  const { state } = await unitOfWork(world.edge(world.who), (ctx) => bulk.batch(ctx, { id }))
  const made = await world.it.sql<{ extension: string; account: number }>(
    `select r.cells ->> 'extension' as extension, r.i_account as account
       from bulk_rows r where i_batch = $1 and i_account is not null order by n`,
    [id],
  )
  return { batch: id, state, made }
}

/** What there is, where nobody keeps a model of it. */
export async function sceneOf({ it, who }: World): Promise<Scene> {
  const seen = await it.sql<LineSeen>(
    `select id as account, status, blocked_by as "blockedBy"
       from accounts where i_customer = $1 order by id`,
    [who.customer],
  )
  const batches = await it.sql<{ id: string; state: string; origin: string | null }>(
    'select id, state, i_origin as origin from bulk_batches where i_customer = $1 order by created_at, id',
    [who.customer],
  )
  return {
    lines: seen,
    applied: batches.filter(({ state }) => state === 'applied').map(({ id }) => id),
    orders: batches.filter(({ origin }) => origin !== null).map(({ id }) => id),
  }
}

/** The company's lines and agreement, as the model tells them. */
export async function standingOf({ it, who, products, numbers: own }: World) {
  const named = Object.entries(products).map(([name, id]) => ({ name, id }))
  const nameOf = (id: number) => named.find((one) => one.id === id)!.name
  const found = await it.sql<{
    account: number
    accountId: string
    extension: string
    product: number
    recorded: boolean
    status: string
    blockedBy: string | null
    numbers: string[]
  }>(
    `select a.id as account, a.account_id as "accountId", e.extension, a.i_product as product,
            exists (select 1 from account_addons o where o.i_account = a.id) as recorded,
            a.status, a.blocked_by as "blockedBy",
            array(select number from numbers n where n.i_account = a.id) as numbers
       from accounts a join extensions e on e.i_account = a.id
      where a.i_customer = $1 order by a.id`,
    [who.customer],
  )
  const places = await it.sql<{ product: number; used: number; quantity: number | null }>(
    'select i_product as product, used, quantity from agreement_items where i_customer = $1',
    [who.customer],
  )
  return {
    lines: found.map(({ product, numbers: has, ...line }) => ({
      ...line,
      product: nameOf(product),
      numbers: has.map((number) => own.indexOf(number)).sort(),
    })),
    places: Object.fromEntries(
      places.map(({ product, used, quantity }) => [nameOf(product), { used, quantity }]),
    ),
  }
}
