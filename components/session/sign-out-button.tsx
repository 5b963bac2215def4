'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { signOut } from './sign-out.ts'

/** The way out of a page that has no user menu. */
export function SignOutButton({ children }: { children: ReactNode }) {
  const [leaving, setLeaving] = useState(false)

  return (
    <Button
      variant="ghost"
      size="sm"
      loading={leaving}
      onClick={() => {
        setLeaving(true)
        signOut().catch(() => setLeaving(false))
      }}
    >
      {children}
    </Button>
  )
}
