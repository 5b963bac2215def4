import { useLocale, useTranslations } from 'next-intl'
import { formatCountdown } from '#components/ui/format.ts'
import type { Unit } from '#server/usage/schema.ts'

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes as people count them, by thousands. */
function formatBytes(locale: string, bytes: number): string {
  const step = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: sizes[step],
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1_000 ** step)
}

/** `quantity(75, 'seconds')` is "1:15", of bytes "1.2 MB", of messages "3 messages". */
export function useQuantity(): (quantity: number, unit: Unit) => string {
  const t = useTranslations('usage')
  const locale = useLocale()
  return (quantity, unit) =>
    unit === 'seconds'
      ? formatCountdown(quantity)
      : unit === 'bytes'
        ? formatBytes(locale, quantity)
        : t('messages', { count: quantity })
}
