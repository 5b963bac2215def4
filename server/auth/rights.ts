import { notAllowed } from '#server/auth/errors.ts'
import type { Actor, Realm } from '#server/runtime/actor.ts'

/** Every right a procedure can declare, and the realms that have it. */
export const rights = {
  'self:read': ['admin', 'reseller', 'customer', 'account'],
  'self:write': ['admin', 'reseller', 'customer', 'account'],
  'customer:read': ['customer'],
  'accounts:write': ['customer'],
  'customers:read': ['admin', 'reseller'],
  'agreements:read': ['admin', 'reseller'],
  'agreements:write': ['admin', 'reseller'],
  'approvals:read': ['admin', 'reseller'],
  'approvals:write': ['admin', 'reseller'],
  'bulk:read': ['customer'],
  'bulk:write': ['customer'],
  'catalog:read': ['admin'],
  'catalog:write': ['admin'],
  'sims:read': ['customer'],
  'sims:write': ['customer'],
  'extensions:read': ['customer'],
  'extensions:write': ['customer'],
  'attendants:read': ['customer'],
  'attendants:write': ['customer'],
  'groups:read': ['customer'],
  'groups:write': ['customer'],
  'numbers:read': ['customer'],
  'numbers:write': ['customer'],
  'activity:read': ['customer'],
  'activity:read_any': ['admin', 'reseller'],
  'people:read': ['customer'],
  'account:read': ['account'],
  'accounts:block': ['customer'],
  'accounts:block_any': ['admin', 'reseller'],
  'blocks:read': ['customer'],
  'account:config': ['customer', 'account'],
} as const satisfies Record<string, readonly Realm[]>

export type Right = keyof typeof rights

export const has = (actor: Actor, right: Right): boolean =>
  (rights[right] as readonly string[]).includes(actor.realm) || actor.realm === 'system'

/** @throws forbidden `auth.not_allowed` */
export function demand(actor: Actor, right: Right): void {
  if (!has(actor, right)) throw notAllowed(right)
}
