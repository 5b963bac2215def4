import * as accounts from '#server/accounts/service.many.ts'
import { findMany } from '#server/accounts/service.ts'
import type { AccountId, CustomerId, HuntGroupId, ProductId } from '#server/kernel/ids.ts'
import { extensionNameKept, extensionTaken } from '#server/pbx/errors.ts'
import { extensionAdded } from '#server/pbx/events.ts'
import { extensionAccountId } from '#server/pbx/naming.ts'
import * as repo from '#server/pbx/repo.many.ts'
import { calledAfter } from '#server/pbx/repo.ts'
import { addToGroups } from '#server/pbx/service.groups.ts'
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
  /** Hunt groups it joins, as the last one of each. */
  groups?: readonly number[]
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
  const joining: { group: HuntGroupId; account: AccountId }[] = []
  let soFar = 0
  const made = extensions.map(({ published: _, groups: __, extension, ...row }) => ({
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
          // Accounts are held before their groups, and groups before places.
          soFar += slice.length
          joining.push(...joiningOf(rows, byId))
          if (soFar === extensions.length) await addToGroups(ctx, joining)
          return rows.map(({ account, extension, name, id }) =>
            extensionAdded(customer, account, { extension, name, id }),
          )
        },
      },
    )
    return opened.map(({ account }) => account)
  } catch (error) {
    throw await byExtension(ctx, customer, error, byId)
  }
}

const joiningOf = (
  rows: readonly { account: AccountId; id: string }[],
  byId: ReadonlyMap<string, ExtensionOfMany>,
) =>
  rows.flatMap(({ account, id }) =>
    (byId.get(id)!.groups ?? []).map((group) => ({ account, group: group as HuntGroupId })),
  )

/** The account's name is the extension's: a person is told of the number they typed. */
async function byExtension(
  ctx: Ctx,
  customer: CustomerId,
  error: unknown,
  byId: ReadonlyMap<string, ExtensionOfMany>,
): Promise<unknown> {
  const { code, details } = error as { code?: string; details?: { accountId?: string } }
  const id = details?.accountId ?? ''
  const row = code === 'accounts.id_taken' ? byId.get(id) : undefined
  if (!row) return error
  const [kept] = await calledAfter(ctx, customer, row.extension)
  return kept ? extensionNameKept(row.extension, kept.now, id) : extensionTaken(row.extension)
}

/** The hunt groups of a customer, by name. */
export const huntGroupsOf = (ctx: Ctx, customer: CustomerId) => repo.huntGroupsOf(ctx, customer)

/** Those of some short numbers that are there, with all that a list of extensions says. */
export const linesAmong = async (ctx: Ctx, customer: CustomerId, extensions: readonly string[]) =>
  extensions.length === 0 ? [] : repo.linesAmong(ctx, customer, extensions)

/** My extensions in the order people count, so many of them after `last`. */
export const linesAfter = (ctx: Ctx, customer: CustomerId, last: string, limit: number) =>
  repo.linesAfter(ctx, customer, last, limit)

/** Numbers that can't be given: an account renumbered since is still called after each. */
export async function namesKept(
  ctx: Ctx,
  customer: CustomerId,
  extensions: readonly string[],
): Promise<Map<string, string>> {
  if (extensions.length === 0) return new Map()
  const rows = await repo.namesKept(ctx, customer, extensions)
  return new Map(rows.map(({ namedAfter, extension }) => [namedAfter, extension]))
}

/** Digits of extensions that begin with a zero, which spreadsheets take away. */
export const zeroDigits = async (ctx: Ctx, customer: CustomerId): Promise<number[]> =>
  (await repo.zeroDigits(ctx, customer)).map(({ digits }) => digits)

/** What people call accounts: by their extension, else by their id. */
export async function calledOf(
  ctx: Ctx,
  accounts: readonly AccountId[],
): Promise<Map<number, string>> {
  if (accounts.length === 0) return new Map()
  const rows = await repo.extensionsOf(ctx, accounts)
  const called = new Map<number, string>(rows.map((row) => [row.account, row.extension]))
  const others = accounts.filter((account) => !called.has(account))
  for (const { account, accountId } of await findMany(ctx, others)) called.set(account, accountId)
  return called
}
