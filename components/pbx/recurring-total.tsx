import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { useTerms } from '#components/ui/terms.ts'
import type { RecurringView } from '#server/agreements/schema.packages.ts'

/** What all of it costs from period to period: packages one by one, accounts together. */
export function RecurringTotal({ recurring }: { recurring: RecurringView }) {
  const t = useTranslations('pbx.products.recurring')
  const { prices } = useTerms()
  const { currency, accounts, packages, total } = recurring

  return (
    <Card title={t('title')} description={t('text')}>
      <dl className="grid gap-2 text-sm">
        {packages.map(({ name, n, costs }) => (
          <Line key={name} label={n > 1 ? t('times', { name, n }) : name}>
            {prices(costs, currency)}
          </Line>
        ))}
        <Line label={t('accounts')}>{prices(accounts, currency)}</Line>
        <Line label={t('total')} strong>
          {prices(total, currency)}
        </Line>
      </dl>
    </Card>
  )
}

type LineProps = Readonly<{ label: string; strong?: boolean; children: React.ReactNode }>

function Line({ label, strong, children }: LineProps) {
  return (
    <div
      className={`flex justify-between gap-4 ${strong ? 'border-t border-separator pt-2 font-semibold' : ''}`}
    >
      <dt className={strong ? '' : 'text-muted'}>{label}</dt>
      <dd suppressHydrationWarning className="figures text-end">
        {children}
      </dd>
    </div>
  )
}
