'use client'

import { Phone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useTRPCClient } from '#components/trpc/client.tsx'
import type { CommandSource } from '#components/ui/command.ts'
import { useCommandSource } from '#components/ui/command-menu.tsx'
import { paths } from '#server/kernel/routes.ts'

/** As many as fit the menu without scrolling. */
const SHOWN = 6

/** Lets the command menu find extensions by number, name, account id or phone number. */
export function ExtensionFinder() {
  const t = useTranslations('session.commands')
  const client = useTRPCClient()
  const group = t('found')

  const source: CommandSource = useCallback(
    async (text, signal) => {
      const { rows } = await client.pbx.extensions.query({ search: text }, { signal })
      return rows.slice(0, SHOWN).map((row) => ({
        id: row.accountId,
        label: [row.extension, row.name].filter(Boolean).join(' · '),
        detail: row.accountId,
        group,
        icon: <Phone aria-hidden />,
        href: `${paths.extensions()}?open=${encodeURIComponent(row.extension)}`,
      }))
    },
    [client, group],
  )
  useCommandSource(source)

  return null
}
