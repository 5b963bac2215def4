import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { AwayPage } from '#components/layout/away.tsx'
import { signedInOrAway, startPage } from '#components/session/guard.ts'
import { Shell } from '#components/session/shell.tsx'
import { Messages } from '#i18n/messages.tsx'
import { paths } from '#server/kernel/routes.ts'

/** Rooms of provider and reseller administrators. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const me = await signedInOrAway()
  if (me && startPage(me.realm) !== paths.admin()) redirect(startPage(me.realm))

  return (
    <Messages of={['session', 'admin', 'billing', 'blocks', 'activity', 'price', 'terms']}>
      {me ? <Shell me={me}>{children}</Shell> : <AwayPage />}
    </Messages>
  )
}
