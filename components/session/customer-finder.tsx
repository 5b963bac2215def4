'use client'

import { Building2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useTRPCClient } from '#components/trpc/client.tsx'
import type { CommandSource } from '#components/ui/command.ts'
import { useCommandSource } from '#components/ui/command-menu.tsx'
import { paths } from '#server/kernel/routes.ts'

/** As many as fit the menu without scrolling. */
const SHOWN = 6

/** Lets the command menu find customers by whatever they are called. */
export function CustomerFinder() {
  const t = useTranslations('session.commands')
  const client = useTRPCClient()
  const group = t('customersFound')

  const source: CommandSource = useCallback(
    async (text, signal) => {
      const { rows } = await client.customers.directory.query({ search: text }, { signal })
      return rows.slice(0, SHOWN).map((row) => ({
        id: String(row.customer),
        label: row.name,
        detail: String(row.customer),
        group,
        icon: <Building2 aria-hidden />,
        href: paths.customer(row.customer),
      }))
    },
    [client, group],
  )
  useCommandSource(source)

  return null
}
