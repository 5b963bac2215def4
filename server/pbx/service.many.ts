import * as accounts from '#server/accounts/service.many.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import { extensionTaken } from '#server/pbx/errors.ts'
import { extensionAdded } from '#server/pbx/events.ts'
import { extensionAccountId } from '#server/pbx/naming.ts'
import * as repo from '#server/pbx/repo.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** One of many extensions about to be made. */
export type ExtensionOfMany = Readonly<{
  extension: string
  name: string
  product: ProductId
  numbers: readonly string[]
  email?: string
  timeZone?: string
  published: boolean
}>

type Many = Readonly<{
  customer: CustomerId
  extensions: readonly ExtensionOfMany[]
  /** Hears how many there are so far. */
  onMade?: (n: number) => Promise<void>
}>

/**
 * Makes many extensions of one customer as `openExtension` makes one: all of them, or none. Answers
 * their accounts, in the order given.
 *
 * @throws conflict `pbx.extension_taken`, and all that `accounts.openMany` refuses
 */
export async function openExtensions(
  ctx: Ctx,
  { customer, extensions, onMade }: Many,
): Promise<AccountId[]> {
  const byId = new Map(extensions.map((row) => [extensionAccountId(customer, row.extension), row]))
  const made = extensions.map(({ published: _, extension, ...row }) => ({
    ...row,
    customer,
    kind: 'extension' as const,
    accountId: extensionAccountId(customer, extension),
  }))
  try {
    const opened = await accounts.openMany(
      ctx,
      { customer, accounts: made },
      {
        onMade,
        async also(slice) {
          const rows = slice.map(({ account, made: { accountId } }) => {
            const { extension, published, name } = byId.get(accountId)!
            return { account, extension, published, name, id: accountId }
          })
          const inserted = await repo.insertExtensions(ctx, customer, rows)
          const there = new Set(inserted.map(({ extension }) => extension))
          const taken = rows.find(({ extension }) => !there.has(extension))
          if (taken) throw extensionTaken(taken.extension)
          return rows.map(({ account, extension, name, id }) =>
            extensionAdded(customer, account, { extension, name, id }),
          )
        },
      },
    )
    return opened.map(({ account }) => account)
  } catch (error) {
    throw byExtension(error, byId)
  }
}

/** The account's name is the extension's: a person is told of the number they typed. */
function byExtension(error: unknown, byId: ReadonlyMap<string, ExtensionOfMany>): unknown {
  const { code, details } = error as { code?: string; details?: { accountId?: string } }
  const row = code === 'accounts.id_taken' ? byId.get(details?.accountId ?? '') : undefined
  return row ? extensionTaken(row.extension) : error
}
