import type { Fact } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Menu } from '#server/pbx/schema.menus.ts'

export const extensionAdded = (
  customer: CustomerId,
  account: AccountId,
  payload: { extension: string; name: string; id: string },
): Fact => ({ type: 'extension.added', entity: 'account', entityId: account, customer, payload })

export const attendantAdded = (
  customer: CustomerId,
  account: AccountId,
  payload: { n: number; name: string; id: string },
): Fact => ({
  type: 'auto_attendant.added',
  entity: 'account',
  entityId: account,
  customer,
  payload,
})

/** Its number, or whether it can be dialled by name; `changed` holds what is true now. */
export const extensionChanged = (
  customer: CustomerId,
  account: AccountId,
  payload: { id: string; extension: string; published: boolean },
): Fact => ({ type: 'extension.changed', entity: 'account', entityId: account, customer, payload })

/** What callers hear, and where each key leads, from now on. */
export const menuChanged = (
  customer: CustomerId,
  account: AccountId,
  payload: { id: string; name: string; menu: Menu },
): Fact => ({
  type: 'auto_attendant.menu_changed',
  entity: 'account',
  entityId: account,
  customer,
  payload,
})
