'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use } from 'react'
import type { Right } from '#server/auth/rights.ts'
import type { SuspendedFor } from '#server/customers/schema.settings.ts'
import { ActionButton } from './action-button.tsx'
import { LinkButton } from './button.tsx'

const Rights = createContext<readonly Right[]>([])
const Suspended = createContext<SuspendedFor | null>(null)

/** Tells everything below what whoever is signed in may do. */
export function RightsProvider({
  rights,
  suspendedFor,
  children,
}: {
  rights: readonly Right[]
  /** Of the customer whoever is signed in belongs to. */
  suspendedFor: SuspendedFor | null
  children: ReactNode
}) {
  return (
    <Rights value={rights}>
      <Suspended value={suspendedFor}>{children}</Suspended>
    </Rights>
  )
}

/** Why one's role doesn't let one do something; undefined when it does. */
export function useWhyNotMine(): (right: Right) => string | undefined {
  const t = useTranslations('common')
  const rights = use(Rights)
  return (right) => (rights.includes(right) ? undefined : t('notMine'))
}

/**
 * Why one can't add something: one's role, or service that is suspended; undefined when one can. What
 * ends, blocks or pays asks `useWhyNotMine`.
 */
export function useWhyNotAdd(): (right: Right) => string | undefined {
  const t = useTranslations('common')
  const whyNot = useWhyNotMine()
  const suspendedFor = use(Suspended)
  return (right) =>
    whyNot(right) ?? (suspendedFor ? t('suspended', { reason: suspendedFor }) : undefined)
}

type Props = Parameters<typeof LinkButton>[0] &
  Readonly<{
    href: string
    right: Right
    /** What is done there adds something. */
    adds?: boolean
  }>

/** A link to where something is done; for whom it isn't, it stays in sight and says why. */
export function RightLink({ right, adds = false, children, ...rest }: Props) {
  const [whyNot, whyNotAdd] = [useWhyNotMine(), useWhyNotAdd()]
  const reason = adds ? whyNotAdd(right) : whyNot(right)
  if (!reason) return <LinkButton {...rest}>{children}</LinkButton>
  const { variant, size } = rest
  return (
    <ActionButton variant={variant} size={size} disabledReason={reason}>
      {children}
    </ActionButton>
  )
}
