import { brokenConstraint } from '#db/client.ts'
import type { OpenedAccount } from '#server/accounts/schema.ts'
import * as accounts from '#server/accounts/service.ts'
import * as agreements from '#server/agreements/service.ts'
import { demand } from '#server/auth/rights.ts'
import type { AccountKind } from '#server/catalog/schema.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import * as numbers from '#server/numbers/service.ts'
import { extensionNameKept, extensionTaken } from '#server/pbx/errors.ts'
import { attendantAdded, extensionAdded } from '#server/pbx/events.ts'
import { attendantAccountId, extensionAccountId } from '#server/pbx/naming.ts'
import * as repo from '#server/pbx/repo.ts'
import type { AddAttendant, AddExtension, AddOptions } from '#server/pbx/schema.ts'
import { suggestExtension } from '#server/pbx/suggest.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

export type NewExtension = Readonly<{
  customer: CustomerId
  extension: string
  name: string
  product: ProductId
  numbers: readonly string[]
  /** As `NewAccount` has it. */
  holdId?: string
  email?: string
  published?: boolean
}>

/**
 * Makes an extension and, at once, its account `ph{i_customer}x{extension}`.
 *
 * @throws conflict `pbx.extension_taken`, and all that `accounts.open` refuses
 */
export async function openExtension(ctx: Ctx, made: NewExtension): Promise<OpenedAccount> {
  const { customer, extension, name } = made
  const accountId = extensionAccountId(customer, extension)
  const { published = false } = made
  return named(ctx, made, () =>
    accounts.open(
      ctx,
      {
        customer,
        product: made.product,
        kind: 'extension',
        accountId,
        name,
        email: made.email,
        numbers: made.numbers,
        holdId: made.holdId,
      },
      {
        insert: (account) => repo.insertExtension(ctx, { account, customer, extension, published }),
        facts: (account) => [extensionAdded(customer, account, { extension, name, id: accountId })],
      },
    ),
  )
}

/** The account's name is the extension's: a person is told of the number they typed. */
async function named<T>(
  ctx: Ctx,
  { customer, extension }: Pick<NewExtension, 'customer' | 'extension'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (brokenConstraint(error) === 'extensions_number') throw extensionTaken(extension)
    if ((error as { code?: string }).code !== 'accounts.id_taken') throw error
    const [kept] = await repo.calledAfter(ctx, customer, extension)
    throw kept
      ? extensionNameKept(extension, kept.now, extensionAccountId(customer, extension))
      : extensionTaken(extension)
  }
}

/** Adds an extension to my PBX; the same key twice adds one. */
export async function addExtension(ctx: Ctx, input: AddExtension) {
  demand(ctx.actor, 'extensions:write')
  const { key, product, ...made } = input
  return once(ctx, key, input, async () => {
    const { account, accountId, status } = await openExtension(ctx, {
      ...made,
      product: product as ProductId,
      customer: ctx.actor.customer as CustomerId,
    })
    return { account, accountId, status, extension: made.extension }
  })
}

export type NewAttendant = Readonly<{
  customer: CustomerId
  name: string
  product: ProductId
  numbers: readonly string[]
}>

/** Makes an auto attendant with its account `ph{i_customer}aa{n}`; n is never used again. */
export async function openAttendant(ctx: Ctx, made: NewAttendant): Promise<OpenedAccount> {
  const { customer, name } = made
  const [counter] = await repo.nextAttendant(ctx, customer)
  const n = counter!.next - 1
  const accountId = attendantAccountId(customer, n)

  return accounts.open(
    ctx,
    {
      customer,
      product: made.product,
      kind: 'auto_attendant',
      accountId,
      name,
      numbers: made.numbers,
    },
    {
      insert: async (account) => repo.insertAttendant(ctx, { account, customer, n }),
      facts: (account) => [attendantAdded(customer, account, { n, name, id: accountId })],
    },
  )
}

/** Adds an auto attendant to my PBX; the same key twice adds one. */
export async function addAttendant(ctx: Ctx, input: AddAttendant) {
  demand(ctx.actor, 'attendants:write')
  const { key, product, ...made } = input
  return once(ctx, key, input, async () => {
    const { account, accountId, status } = await openAttendant(ctx, {
      ...made,
      product: product as ProductId,
      customer: ctx.actor.customer as CustomerId,
    })
    return { account, accountId, status }
  })
}

/** What the form offers: products with their price, my free numbers, the next short number. */
const options =
  (kind: AccountKind) =>
  async (ctx: Ctx): Promise<AddOptions> => {
    demand(ctx.actor, 'extensions:read')
    const customer = ctx.actor.customer as CustomerId
    const places = await agreements.mine(ctx)
    const own = await numbers.ofCustomer(ctx, customer)
    const taken = (await repo.shortNumbers(ctx, customer)).flatMap((row) =>
      row.namedAfter ? [row.extension, row.namedAfter] : row.extension,
    )
    return {
      products: places.filter((item) => item.role === 'main' && item.accountKind === kind),
      freeNumbers: own
        .filter((row) => row.account === null)
        .map(({ number, city }) => ({ number, city })),
      suggested: suggestExtension(taken),
    }
  }

export const extensionOptions = options('extension')
export const attendantOptions = options('auto_attendant')
