import { useTranslations } from 'next-intl'
import type { AccountKind } from '#server/catalog/schema.ts'

type Known = Readonly<{
  kind: AccountKind
  extension: string | null
  name: string
  accountId: string
}>

/** "Extension 4665 · John Doe": whom a number reaches, as people call it. */
export function useReachedName(): (reached: Known) => string {
  const t = useTranslations('numbers.kinds')
  return ({ kind, extension, name, accountId }) =>
    [[t(kind), extension].filter(Boolean).join(' '), name || (extension ? '' : accountId)]
      .filter(Boolean)
      .join(' · ')
}
