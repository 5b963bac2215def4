import { notAllowed } from '#server/auth/errors.ts'
import { type Role, roles } from '#server/auth/schema.people.ts'
import type { Actor, Realm } from '#server/runtime/actor.ts'

/** Every right a procedure can declare, and the realms that have it. */
export const rights = {
  'self:read': ['admin', 'reseller', 'customer', 'account'],
  'self:write': ['admin', 'reseller', 'customer', 'account'],
  'customer:read': ['customer'],
  'customer:write': ['customer'],
  'accounts:write': ['customer'],
  'customers:read': ['admin', 'reseller'],
  'customers:write': ['admin'],
  'classes:read': ['admin'],
  'agreements:read': ['admin', 'reseller'],
  'agreements:write': ['admin', 'reseller'],
  'approvals:read': ['admin', 'reseller'],
  'approvals:write': ['admin', 'reseller'],
  'bulk:read': ['customer'],
  'bulk:write': ['customer'],
  'catalog:read': ['admin'],
  'catalog:write': ['admin'],
  'taxes:read': ['admin'],
  'taxes:write': ['admin'],
  'promos:read': ['admin'],
  'promos:write': ['admin'],
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
  'people:write': ['customer'],
  'account:read': ['account'],
  'accounts:block': ['customer'],
  'accounts:block_any': ['admin', 'reseller'],
  'blocks:read': ['customer'],
  'clock:read': ['admin'],
  'clock:write': ['admin'],
  'billing:read': ['customer'],
  'billing:write': ['customer'],
  'billing:read_any': ['admin', 'reseller'],
  'billing:write_any': ['admin', 'reseller'],
  'billing:run': ['admin'],
  'usage:read': ['customer', 'account'],
  'usage:import': ['admin'],
  'account:config': ['customer', 'account'],
} as const satisfies Record<string, readonly Realm[]>

export type Right = keyof typeof rights

/** Rights of customers that are not as their name says. */
const said: Partial<Record<Right, readonly Role[]>> = {
  // One's own password, sessions and wishes.
  'self:write': roles,
}

/**
 * Which of a customer's people have a right: all may read, what is about paying is for billing,
 * too, and everything else that changes something is an administrator's.
 */
export const rolesOf = (right: Right): readonly Role[] =>
  said[right] ??
  (right.endsWith(':read')
    ? roles
    : /^(billing|payments):/.test(right)
      ? ['administrator', 'billing']
      : ['administrator'])

export const has = ({ realm, role }: Pick<Actor, 'realm' | 'role'>, right: Right): boolean =>
  realm === 'system' ||
  ((rights[right] as readonly string[]).includes(realm) &&
    (realm !== 'customer' || (role !== undefined && rolesOf(right).includes(role))))

/** All that somebody may do, for pages: what is allowed stays the server's matter. */
export const rightsOf = (actor: Pick<Actor, 'realm' | 'role'>): Right[] =>
  (Object.keys(rights) as Right[]).filter((right) => has(actor, right))

/** @throws forbidden `auth.not_allowed` */
export function demand(actor: Actor, right: Right): void {
  if (!has(actor, right)) throw notAllowed(right)
}
