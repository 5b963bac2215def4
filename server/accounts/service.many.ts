import { setImmediate as breathe } from 'node:timers/promises'
import { brokenConstraint } from '#db/client.ts'
import { accountIdTaken, aliasTaken, wrongKind } from '#server/accounts/errors.ts'
import { accountCreated, aliasAdded } from '#server/accounts/events.ts'
import * as repo from '#server/accounts/repo.many.ts'
import { insertAddons } from '#server/accounts/repo.ts'
import type { NewAccount, OpenedOne } from '#server/accounts/schema.ts'
import { sealedTo } from '#server/accounts/service.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import type { Offer } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import { type Fact, publish } from '#server/events/service.ts'
import { type CivilDate, dayIn } from '#server/kernel/civil.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as numbers from '#server/numbers/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { writeGathered } from '#server/runtime/gather.ts'
import { randomPassword } from '#server/runtime/secrets.ts'

/** Rows of one statement: large enough that round trips don't count, small enough to breathe between. */
const atOnce = 250

type NewOnes = Readonly<{ customer: CustomerId; accounts: readonly NewAccount[] }>

type Along = Readonly<{
  /** What extensions or menus add to a slice of them, and have to tell after the accounts' own facts. */
  also?: (opened: readonly OpenedOne[]) => Promise<Fact[]>
  /** Hears how many there are so far. */
  onMade?: (n: number) => Promise<void>
}>

/**
 * Makes many accounts of one customer as `open` makes one, a statement a table and slice: all of
 * them, or none. Passwords stay sealed; each phone's configuration file has its own.
 *
 * @throws conflict `agreement.quantity_exceeded`, `agreement.not_included`, `accounts.id_taken`,
 *   `accounts.alias_taken`; what `numbers.assign` refuses; invalid `accounts.wrong_product`
 */
export async function openMany(
  ctx: Ctx,
  { customer, accounts }: NewOnes,
  { also = async () => [], onMade }: Along = {},
): Promise<OpenedOne[]> {
  const offers = await offersOf(ctx, accounts)
  const { name, timeZone: zone } = await customers.find(ctx, customer)
  const isAbove = ctx.actor.realm === 'admin' || ctx.actor.realm === 'reseller'
  const onBehalfOf = isAbove ? name : undefined
  const startedOn = dayIn(zone, ctx.now)

  const opened: OpenedOne[] = []
  for (let at = 0; at < accounts.length; at += atOnce) {
    const slice = await insertSlice(ctx, customer, accounts.slice(at, at + atOnce), offers, zone)
    await addNumbers(ctx, customer, slice)
    await addAddons(ctx, customer, slice)
    const subscribed = await subscribe(ctx, customer, slice, offers, startedOn)
    await tell(ctx, { customer, slice, offers, subscribed, also, onBehalfOf })
    // Nobody else knows these accounts yet: their streams keep no one waiting.
    await writeGathered(ctx)
    opened.push(...slice)
    await onMade?.(opened.length)
    await breathe()
  }

  // Last, for their rows stay locked until commit; in product order, so that two requests can't lock
  // each other out.
  const places = accounts.flatMap(({ product, addons = [] }) => [product, ...addons])
  const counted = [...Map.groupBy(places, (product) => product)].sort(([a], [b]) => a - b)
  for (const [product, { length: n }] of counted) {
    await agreements.take(ctx, { customer, product, n })
  }
  return opened
}

type Offers = ReadonlyMap<ProductId, Offer>

/** The products of them all, looked up once; each fits the kind of account it is for. */
async function offersOf(ctx: Ctx, accounts: readonly NewAccount[]): Promise<Offers> {
  const ids = [...new Set(accounts.flatMap(({ product, addons = [] }) => [product, ...addons]))]
  const offers = new Map((await catalog.offers(ctx, ids)).map((offer) => [offer.product, offer]))
  for (const { product, kind, addons = [] } of accounts) {
    const main = offers.get(product)!
    if (main.role !== 'main' || main.accountKind !== kind) throw wrongKind(main.name)
    for (const id of addons) {
      const addon = offers.get(id)!
      if (addon.role !== 'addon' || addon.accountKind !== kind) throw wrongKind(addon.name)
    }
  }
  return offers
}

async function insertSlice(
  ctx: Ctx,
  customer: CustomerId,
  slice: readonly NewAccount[],
  offers: Offers,
  zone: string,
): Promise<OpenedOne[]> {
  const rows = slice.map((made) => ({
    account_id: made.accountId,
    product: made.product,
    kind: made.kind,
    name: made.name,
    email: made.email,
    time_zone: made.timeZone ?? zone,
    status: offers.get(made.product)!.newAccounts,
    sealed: ctx.secrets.seal(randomPassword(), sealedTo(ctx, made.accountId)),
  }))
  const inserted = await repo.insertMany(ctx, customer, rows)
  const ids = new Map(inserted.map(({ account, accountId }) => [accountId, account]))
  return slice.map((made, i) => {
    const account = ids.get(made.accountId)
    // The second of one name has the first one's row: taken as well.
    if (account === undefined || !ids.delete(made.accountId)) throw accountIdTaken(made.accountId)
    return { account, made, status: rows[i]!.status }
  })
}

async function addNumbers(ctx: Ctx, customer: CustomerId, slice: readonly OpenedOne[]) {
  const pairs = slice.flatMap(({ account, made }) =>
    made.numbers.map((number) => ({ number, account })),
  )
  if (pairs.length === 0) return
  await numbers.assignMany(ctx, customer, pairs)
  try {
    await repo.insertAliasPairs(ctx, customer, pairs)
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('account_aliases')) throw aliasTaken(pairs[0]!.number)
    throw error
  }
}

async function addAddons(ctx: Ctx, customer: CustomerId, slice: readonly OpenedOne[]) {
  const rows = slice.flatMap(({ account, made }) =>
    (made.addons ?? []).map((product) => ({ account, customer, product })),
  )
  if (rows.length > 0) await insertAddons(ctx, rows)
}

/** Starts what their products carry; the facts to tell of it, account by account. */
async function subscribe(
  ctx: Ctx,
  customer: CustomerId,
  slice: readonly OpenedOne[],
  offers: Offers,
  startedOn: CivilDate,
): Promise<Fact[]> {
  const owed = slice.flatMap(({ account, made }) =>
    [made.product, ...(made.addons ?? [])].flatMap((product) =>
      offers.get(product)!.subscriptions.map((subscription) => ({
        ...subscription,
        customer,
        account,
        product,
        startedOn,
      })),
    ),
  )
  return (await agreements.subscribe(ctx, owed)).facts
}

type Told = Readonly<{
  customer: CustomerId
  slice: readonly OpenedOne[]
  offers: Offers
  subscribed: Fact[]
  also: NonNullable<Along['also']>
  /** The customer's name, where somebody above it acts. */
  onBehalfOf: string | undefined
}>

async function tell(ctx: Ctx, told: Told): Promise<void> {
  const { customer, slice, offers, subscribed, also, onBehalfOf } = told
  await publish(
    ctx,
    ...slice.flatMap(({ account, made, status }) => [
      accountCreated(account, made, offers.get(made.product)!.name, status),
      ...made.numbers.map((alias) => aliasAdded(customer, account, made.accountId, alias)),
    ]),
    ...(await also(slice)),
    ...subscribed,
  )
  for (const { account, made } of slice) {
    await audit.done(ctx, {
      action: 'account.create',
      entity: 'account',
      entityId: String(account),
      customer,
      onBehalfOf,
      after: {
        id: made.accountId,
        name: made.name,
        product: offers.get(made.product)!.name,
        numbers: made.numbers,
      },
    })
  }
}
