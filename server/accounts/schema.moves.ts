import type { AccountStatus } from '#server/accounts/schema.ts'
import type { AccountKind } from '#server/catalog/schema.ts'

/** Everything that can be done to an account, and the states it must be in. */
export const moves = {
  edit: ['inactive', 'active', 'blocked'],
  changeProduct: ['inactive', 'active', 'blocked'],
  addAddon: ['inactive', 'active', 'blocked'],
  removeAddon: ['inactive', 'active', 'blocked'],
  terminate: ['inactive', 'active', 'blocked'],
  restore: ['terminated'],
  block: ['active'],
  /** For days to come, or longer than it is blocked already. */
  planBlock: ['active', 'blocked'],
  unblock: ['blocked'],
  activate: ['inactive'],
  reject: ['inactive'],
} as const satisfies Record<string, readonly AccountStatus[]>

export type AccountMove = keyof typeof moves

/** What of an account decides what may be done to it. */
export type AccountState = Readonly<{
  accountId: string
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
}>

/** A rule that stands in the way, by the code and details of its refusal: pages have its sentence. */
export type WhyNot = Readonly<{
  code: string
  details: Readonly<Record<string, string | number>>
}>

/** Customers and their users; resellers and the provider act from above. */
const fromBelow = (realm: string) => realm === 'customer' || realm === 'account'

/**
 * Undefined when `move` is possible; otherwise the rule in its way. Read by the service that refuses
 * and by the button that says why it can't be pressed.
 */
export function whyNot(
  move: AccountMove,
  account: AccountState,
  realm: string,
): WhyNot | undefined {
  const { accountId, status, blockedBy } = account
  if (blockedBy === 'admin' && fromBelow(realm)) {
    return { code: 'accounts.blocked_by_admin', details: { accountId } }
  }
  const states: readonly AccountStatus[] = moves[move]
  if (states.includes(status)) return undefined
  return { code: 'accounts.wrong_state', details: { accountId, status, move } }
}

/** A product of the agreement, as far as it decides who may have it; undefined is not in it. */
export type Place = Readonly<{ used: number; quantity: number | null }> | undefined

type Wanted = Readonly<{
  name: string
  role: 'main' | 'addon'
  accountKind: AccountKind
  place: Place
}>

type Holder = AccountState & Readonly<{ kind: AccountKind; has: boolean }>

/**
 * Undefined when the account may get this product, as its add-on or instead of its main one.
 * Whether a place is left is asked last: it is what a provider can change most easily.
 */
export function whyNotProduct(
  move: 'addAddon' | 'changeProduct',
  { name: product, role, accountKind, place }: Wanted,
  account: Holder,
  realm: string,
): WhyNot | undefined {
  const rule = whyNot(move, account, realm)
  if (rule) return rule
  if (account.has) {
    return { code: 'accounts.product_there', details: { product, accountId: account.accountId } }
  }
  if (accountKind !== account.kind || role !== (move === 'addAddon' ? 'addon' : 'main')) {
    return { code: 'accounts.wrong_product', details: { product } }
  }
  if (!place) return { code: 'agreement.not_included', details: { product } }
  const { used, quantity: limit } = place
  if (limit === null || used < limit) return undefined
  return { code: 'agreement.quantity_exceeded', details: { product, limit, used, asked: 1 } }
}
