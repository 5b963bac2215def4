'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use } from 'react'
import type { Right } from '#server/auth/rights.ts'
import { ActionButton } from './action-button.tsx'
import { LinkButton } from './button.tsx'

const Rights = createContext<readonly Right[]>([])

/** Tells everything below what whoever is signed in may do. */
export function RightsProvider({
  rights,
  children,
}: {
  rights: readonly Right[]
  children: ReactNode
}) {
  return <Rights value={rights}>{children}</Rights>
}

/** Why one's role doesn't let one do something; undefined when it does. */
export function useWhyNotMine(): (right: Right) => string | undefined {
  const t = useTranslations('common')
  const rights = use(Rights)
  return (right) => (rights.includes(right) ? undefined : t('notMine'))
}

type Props = Parameters<typeof LinkButton>[0] & Readonly<{ href: string; right: Right }>

/** A link to where something is done; for whom it isn't, it stays in sight and says why. */
export function RightLink({ right, children, ...rest }: Props) {
  const reason = useWhyNotMine()(right)
  if (!reason) return <LinkButton {...rest}>{children}</LinkButton>
  const { variant, size } = rest
  return (
    <ActionButton variant={variant} size={size} disabledReason={reason}>
      {children}
    </ActionButton>
  )
}
