import { redirect } from 'next/navigation'
import { cache } from 'react'
import { isAway } from '#components/trpc/away-mark.ts'
import { api } from '#components/trpc/server.tsx'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { asked } from './asked.ts'

export type Realm = Me['realm']

/** Who is signed in; asked once a request, however many parts of the page want to know. */
export const whoIsSignedIn = cache((): Promise<Me> => asked(api().customers.me.query()))

/**
 * Who is signed in, for a page of these realms; others are shown to their own start page. This
 * decides what is shown; what is allowed is the server's matter.
 */
export async function signedIn(...realms: readonly Realm[]): Promise<Me> {
  const me = await whoIsSignedIn()
  if (me.mustChangePassword) redirect(paths.firstPassword())
  if (!realms.includes(me.realm)) redirect(startPage(me.realm))
  return me
}

/** The same for a layout, which must stand when nothing else does: undefined while we are away. */
export async function signedInOrAway(): Promise<Me | undefined> {
  try {
    const me = await whoIsSignedIn()
    if (me.mustChangePassword) redirect(paths.firstPassword())
    return me
  } catch (error) {
    if (isAway(error)) return undefined
    throw error
  }
}

export const everyRealm = ['admin', 'reseller', 'customer', 'account'] as const

export const startPage = (realm: Realm) =>
  realm === 'admin' || realm === 'reseller' ? paths.admin() : paths.home()
