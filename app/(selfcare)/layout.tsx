import type { ReactNode } from 'react'
import { AwayPage } from '#components/layout/away.tsx'
import { signedInOrAway } from '#components/session/guard.ts'
import { Shell } from '#components/session/shell.tsx'
import { Messages } from '#i18n/messages.tsx'

/** Self-care of customers and of account users; the settings are everybody's. */
export default async function SelfcareLayout({ children }: { children: ReactNode }) {
  const me = await signedInOrAway()

  return (
    <Messages
      of={[
        'session',
        'numbers',
        'pbx',
        'settings',
        'sims',
        'blocks',
        'activity',
        'billing',
        'price',
        'terms',
        'payment',
      ]}
    >
      {me ? <Shell me={me}>{children}</Shell> : <AwayPage />}
    </Messages>
  )
}
