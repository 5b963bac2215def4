'use client'

import { FlaskConical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CopyButton } from '#components/ui/copy-button.tsx'

/** Documented numbers of the simulator that make something happen; see server/payments/simulator. */
const cards = [
  ['approved', '4242 4242 4242 4242'],
  ['declined', '4000 0000 0000 0002'],
  ['insufficient', '4000 0000 0000 9995'],
  ['challenge', '4000 0000 0000 3220'],
  ['lost', '4000 0000 0000 0119'],
] as const

/** Where no real money moves: which cards to try, and what each does. */
export function TestCards() {
  const t = useTranslations('signup.testCards')
  return (
    <details className="group rounded-[0.5rem] border border-dashed border-field-line px-4 py-3 text-sm">
      <summary className="flex cursor-pointer list-none items-start gap-3 rounded-[0.25rem] [&::-webkit-details-marker]:hidden">
        <FlaskConical aria-hidden className="mt-1 size-4 flex-none text-muted" />
        <span className="min-w-0 flex-1">
          {t.rich('hint', {
            number: () => <bdi className="figures font-medium">{cards[0][1]}</bdi>,
          })}{' '}
          <span className="text-accent-text underline underline-offset-3 group-open:hidden">
            {t('more')}
          </span>
        </span>
      </summary>
      <ul className="mt-3 grid gap-0.5 border-t border-separator pt-2">
        {cards.map(([what, number]) => (
          <li key={what} className="flex items-center gap-3">
            <bdi className="figures flex-none">{number}</bdi>
            <CopyButton value={number} label={number} />
            <span className="text-muted">{t(what)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
